import { parser } from '@prometheus-io/lezer-promql';

/** A series that an expression asks for. */
export interface Selector {
  metric: string;
  /** What each label has to be: all values of `a|b` for a match by such a pattern, none for any other pattern. */
  labels: { label: string; values: readonly string[] }[];
}

export interface ReadPromql {
  selectors: Selector[];
  /** Labels after `by`, `on`, `ignoring` and `without`. */
  groupedBy: string[];
}

type Tree = ReturnType<typeof parser.parse>;
type SyntaxNode = Tree['topNode'];

/** What an expression asks for, by Prometheus's own grammar. Throws for what is no PromQL, saying where. */
export function readPromql(expression: string): ReadPromql {
  const tree = parser.parse(expression);
  const textOf = ({ from, to }: { from: number; to: number }): string => expression.slice(from, to);
  const selectors: Selector[] = [];
  const groupedBy: string[] = [];
  tree.iterate({
    enter: ({ node, type }) => {
      if (type.isError) {
        throw new Error(
          `no PromQL from character ${node.from + 1} on: ${expression.slice(Math.max(0, node.from - 20))}`,
        );
      }
      if (type.name === 'VectorSelector') selectors.push(selectorOf(node, textOf));
      if (type.name === 'GroupingLabels') groupedBy.push(...node.getChildren('LabelName').map(textOf));
    },
  });
  return { selectors, groupedBy };
}

function selectorOf(node: SyntaxNode, textOf: (node: SyntaxNode) => string): Selector {
  const name = node.getChild('Identifier');
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
  return {
    metric: name ? textOf(name) : '',
    labels: matchers.map((matcher) => {
      const [label, operator, literal] = ['LabelName', 'MatchOp', 'StringLiteral'].map((part) => {
        const child = matcher.getChild(part);
        return child ? textOf(child) : '';
      });
      return { label: label ?? '', values: namedValues(operator ?? '', (literal ?? '').slice(1, -1)) };
    }),
  };
}

/** The values that a match names one by one. */
function namedValues(operator: string, text: string): string[] {
  if (text === '' || text.includes('$')) return [];
  if (operator === '=' || operator === '!=') return [text];
  return /^[\w.|-]+$/.test(text) ? text.split('|') : [];
}
