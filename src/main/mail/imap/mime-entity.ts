/**
 * @file Takes a message apart as far as a delivery report needs it: header fields, and the parts of one multipart
 * (RFC 5322 section 2.2, RFC 2045 section 5.1, RFC 2046 section 5.1). Its time is bounded by the length of the input; it
 * never throws and decodes nothing.
 */

export interface Entity {
  /** By lower-case name, unfolded, in order. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

export interface ContentType {
  /** "multipart/report", in lower case. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** A report has three parts (RFC 3462 section 1); some servers add a picture, or their report in another form. */
const MOST_PARTS = 12;
/** How deep parts within parts are looked into. */
const DEEPEST = 4;
/** RFC 2046 section 5.1.1. */
const BOUNDARY_LENGTH = 70;
/** Real messages have under a hundred. */
const MOST_FIELDS = 500;

const FIELD = /^([!-9;-~]{1,100})[ \t]*:[ \t]*(.*)$/u;
const LINE_END = /\r?\n/u;

/** The header fields among `lines`. */
function fieldsOf(lines: readonly string[]): Entity['fields'] {
  /** The lines of each field's value, joined at the end: a value may be folded into very many. */
  const found: { readonly name: string; readonly value: string[] }[] = [];
  let last: string[] | null = null;
  for (const line of lines) {
    if (/^[ \t]/u.test(line)) {
      last?.push(line.trim());
      continue;
    }
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    last = null;
    if (name === '' || found.length >= MOST_FIELDS) continue;
    last = [value.trim()];
    found.push({ name: name.toLowerCase(), value: last });
  }
  const fields = new Map<string, string[]>();
  for (const { name, value } of found) {
    const values = fields.get(name) ?? [];
    values.push(value.filter((part) => part !== '').join(' '));
    fields.set(name, values);
  }
  return fields;
}

/** Splits at the first empty line; without one everything is header. */
export function parseEntity(text: string): Entity {
  const split = /(?:^|\r?\n)\r?\n/u.exec(text);
  const head = split === null ? text : text.slice(0, split.index);
  const body = split === null ? '' : text.slice(split.index + split[0].length);
  return { fields: fieldsOf(head.split(LINE_END)), body };
}

/** The groups of fields that empty lines part (RFC 3464 section 2.1). */
export const fieldGroups = (text: string): readonly Entity['fields'][] =>
  text
    .split(/\r?\n(?:[ \t]*\r?\n)+/u)
    .map((group) => fieldsOf(group.split(LINE_END)))
    .filter((fields) => fields.size > 0);

/** The only value of a field; null when there is none, or when two disagree. */
export function single(fields: Entity['fields'], name: string): string | null {
  const values = fields.get(name) ?? [];
  const [value] = values;
  return value !== undefined && values.every((other) => other === value) ? value : null;
}

const TYPE = /^([\w!#$&^.+-]{1,60}\/[\w!#$&^.+-]{1,60})[ \t]*/u;
const PARAMETER = /;[ \t]*([\w!#$&^.+*-]{1,60})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))[ \t]*/guy;

/** Null when there is no such field, or when it is not one. */
export function contentType(fields: Entity['fields']): ContentType | null {
  const value = single(fields, 'content-type');
  const [whole, type] = (value === null ? null : TYPE.exec(value)) ?? [];
  if (value === null || whole === undefined || type === undefined) return null;
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, token] of value.slice(whole.length).matchAll(PARAMETER)) {
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/gu, '$1') ?? token ?? '');
  }
  return { type: type.toLowerCase(), parameters };
}

/** The parts between the boundaries of this body; none when it has more than {@link MOST_PARTS}. */
export function partsOf({ body }: Entity, boundary: string): readonly Entity[] {
  if (boundary === '' || boundary.length > BOUNDARY_LENGTH) return [];
  const parts: string[] = [];
  let current: string[] | null = null;
  for (const line of body.split('\n')) {
    const bare = line.trimEnd();
    const isEnd = bare === `--${boundary}--`;
    if (!isEnd && bare !== `--${boundary}`) {
      current?.push(line);
      continue;
    }
    if (current !== null) parts.push(current.join('\n'));
    if (parts.length > MOST_PARTS) return [];
    current = isEnd ? null : [];
    if (isEnd) break;
  }
  if (current !== null) parts.push(current.join('\n'));
  return parts.length > MOST_PARTS ? [] : parts.map(parseEntity);
}

/** RFC 2045 section 6.7: blanks at the end of a line were added on the way, and those in front of its last "=" belong to it. */
const fromQuotedPrintable = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .map((line) => (line.endsWith('=') ? line.slice(0, -1) : `${line}\n`))
    .join('')
    .replace(/=([\dA-F]{2})/giu, (_whole, byte: string) => String.fromCharCode(parseInt(byte, 16)));

/** The body in its own bytes (RFC 2045 section 6); as it is where it says nothing, or nothing that is known. */
export function decodedBody({ fields, body }: Entity): string {
  switch (single(fields, 'content-transfer-encoding')?.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('latin1');
    case 'quoted-printable':
      return fromQuotedPrintable(body);
    case undefined:
    default:
      return body;
  }
}

/** The message and all parts in it, each with its body decoded; a message within it counts as a part, and is opened. */
export function* partsWithin(entity: Entity, depth = 0): Generator<Entity> {
  const type = contentType(entity.fields);
  if (type?.type.startsWith('multipart/') === true) {
    if (depth < DEEPEST)
      for (const part of partsOf(entity, type.parameters.get('boundary') ?? ''))
        yield* partsWithin(part, depth + 1);
    return;
  }
  const decoded = { fields: entity.fields, body: decodedBody(entity) };
  yield decoded;
  const isMessage = type?.type === 'message/rfc822' || type?.type === 'message/global';
  if (isMessage && depth < DEEPEST) yield* partsWithin(parseEntity(decoded.body), depth + 1);
}
