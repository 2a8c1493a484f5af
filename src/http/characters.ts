/** Horizontal tab. */
export const TAB = 0x09;
/** Line feed. */
export const LF = 0x0a;
/** Carriage return. */
export const CR = 0x0d;
/** Space. */
export const SP = 0x20;
/** Comma, between the members of a list. */
export const COMMA = 0x2c;
/** The digit 0. */
export const ZERO = 0x30;
/** The digit 9. */
export const NINE = 0x39;
/** Colon, after the name of a header. */
export const COLON = 0x3a;
/** Semicolon, before a chunk extension. */
export const SEMICOLON = 0x3b;

/** The bit that makes a small letter of a capital one. It leaves `-` as it is. */
export const SMALL = 0x20;

/** 1 at each byte that may stand in a token (RFC 9110 section 5.6.2), 0 at the others. */
export const TOKEN: Uint8Array = tableOf((byte) =>
  /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(byte)),
);

/**
 * 1 at each byte that may stand in the value of a header (RFC 9110 section 5.5: visible characters, SP, TAB and the bytes
 * from 0x80) or in a reason phrase (RFC 9112 section 4), 0 at the others.
 */
export const FIELD: Uint8Array = tableOf((byte) => (byte >= SP && byte !== 0x7f) || byte === TAB);

/** The bytes of a text in ASCII. */
export function asciiOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** What a byte that may not stand in a line is called in a fault. */
export function nameOfControl(byte: number): string {
  if (byte === CR) return 'a carriage return without a line feed';
  if (byte === LF) return 'a line feed without a carriage return';
  return 'a control character';
}

function tableOf(holds: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (holds(byte) ? 1 : 0));
}
