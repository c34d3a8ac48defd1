/** What a model was asked, as far as this one understands it. */
export interface ModelReply {
  content: string | null;
  refusal: string | null;
  finishReason: 'stop' | 'length';
}

/** A text with `simulated-model: <way>` in it is answered that way. */
const MISBEHAVIOUR = /simulated-model:\s*(prose|truncated|refusal|wrong-schema|hallucination)\b/;
/** What the world's pages say to models, in the languages they are mostly seen in. */
const INSTRUCTION =
  /\b(?:ignor\w*|disregard|forget|oublie\w*|olvida\w*|note to ai|system ?:|assistant ?:|reply|output|must be|summary is|put in every field|for the form|use it|dear robot|repeat the key|reading this should|language model)|忽略|無視|игнорируй/i;
const MAKES =
  /\b(?:makes?|builds?|offers?|provides?|sells?|develops?|creates?)\s+(?:an?\s+|the\s+)?((?:[\p{L}\p{N}-]+\s+){0,3}[\p{L}\p{N}-]+)/giu;
/** Where the name of a product ends. */
const NO_MORE_NAME = /\s+(?:for|that|which|its|to|who|and|in|of|with|on)\s.*$/iu;
const LISTED_MAX = 5;

/**
 * A model that reads a company's text, always the same way: quotes its sentences, names what the company makes, and
 * believes whatever it is told. A text that instructs it is obeyed, so that bounds are tried and not models.
 */
export function credulousReply(text: string): ModelReply {
  const way = MISBEHAVIOUR.exec(text)?.[1];
  const profile = profileOf(text);
  const whole = JSON.stringify(profile);
  switch (way) {
    case 'prose':
      return said('Sure! Here is what I found about the company.');
    case 'truncated':
      return { ...said(whole.slice(0, whole.length / 2)), finishReason: 'length' };
    case 'refusal':
      return { content: null, refusal: "I'm sorry, I can't help with that.", finishReason: 'stop' };
    case 'wrong-schema':
      return said(JSON.stringify({ company: profile.summary, score: 11 }));
    case 'hallucination':
      return said(
        JSON.stringify({
          ...profile,
          products: ['Perpetual Motion Machine'],
          quotes: ['the undisputed leader of its market, says everybody'],
        }),
      );
    default:
      return said(whole);
  }
}

function said(content: string): ModelReply {
  return { content, refusal: null, finishReason: 'stop' };
}

interface Profile {
  summary: string | null;
  products: string[];
  sells_to: 'businesses' | 'consumers' | null;
  quotes: string[];
}

function profileOf(text: string): Profile {
  const order = INSTRUCTION.exec(text);
  if (order) {
    const obeyed = text.slice(order.index);
    return {
      summary: obeyed,
      products: [obeyed, ...orders(obeyed)],
      sells_to: 'businesses',
      quotes: [obeyed],
    };
  }
  const sentences = text.split(/(?<=[.!?。])\s+/).filter((sentence) => sentence.length >= 12);
  return {
    summary: sentences[0]?.slice(0, 300) ?? null,
    products: [...text.matchAll(MAKES)]
      .map(([, name = '']) => name.replace(NO_MORE_NAME, ''))
      .slice(0, LISTED_MAX),
    sells_to: sellsTo(text),
    quotes: sentences.filter((sentence) => sentence.length <= 200).slice(0, 2),
  };
}

/** The words it was most likely meant to say. */
function orders(text: string): string[] {
  return text.split(/[:"“”]\s*/).slice(1, LISTED_MAX);
}

function sellsTo(text: string): Profile['sells_to'] {
  if (/\b(?:compan|business|teams?|enterprise|logistics|customers)/i.test(text)) return 'businesses';
  return /\b(?:famil|consumers?|shoppers?|at home)/i.test(text) ? 'consumers' : null;
}
