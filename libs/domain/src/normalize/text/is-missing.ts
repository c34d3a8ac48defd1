/** What people and programs write into a cell that has nothing to say. Compared in lower case, without signs around. */
const MISSING = new Set(
  (
    'n/a|n\\a|na|n.a|n.a.|n-a|n/d|nd|n.d|n.d.|s/n|none|no|nil|null|(null)|nan|nat|undefined|unknown|unspecified|tbd|tba|tbc|' +
    'not available|not applicable|not disclosed|undisclosed|not specified|not provided|not found|not known|not set|no data|no info|' +
    'no value|no website|no web site|no url|no name|none listed|none given|missing|empty|blank|(blank)|(empty)|(none)|' +
    '#n/a|n/a n/a|#na|#ref!|#value!|#name?|#null!|#div/0!|#num!|#error!|error|' +
    'k.a.|k.a|k. a.|keine angabe|keine angaben|keine|unbekannt|nicht vorhanden|nicht verfügbar|entfällt|' +
    'inconnu|aucun|non renseigné|néant|sin datos|ninguno|ninguna|desconocido|no disponible|nessuno|sconosciuto|' +
    'nenhum|não informado|desconhecido|geen|onbekend|nvt|n.v.t.|n.v.t|saknas|ingen|okänd|ukjent|ukendt|brak|brak danych|nieznany|' +
    'нет|нет данных|неизвестно|не указано|无|暂无|未知|不明|なし|xxx|test|tester|asdf|lorem ipsum|[object object]|\\n'
  ).split('|'),
);

/** True for an empty cell and for the many ways to say "nothing" (`N/A`, `-`, `null`, `keine Angabe`, `#REF!`). */
export function isMissing(text: string): boolean {
  if (text.length > 24) return false;
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  const plain = text.trim().toLowerCase();
  return MISSING.has(plain) || MISSING.has(plain.replace(/^[\s"'([{<*_-]+|[\s"')\]}>*_!?.-]+$/g, ''));
}
