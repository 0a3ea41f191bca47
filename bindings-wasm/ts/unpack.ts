/** How many characters stand for a byte's place: printable ASCII but for five. The first two begin a pair. */
const LETTERS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter((letter) => !'"\\$`<'.includes(letter));

/** The bytes of a text that the build has packed: 256 bytes in hexadecimal, commonest first, then one or two letters each. */
export function unpack(text: string): Uint8Array<ArrayBuffer> {
  const order = Array.from({ length: 256 }, (_, place) => Number.parseInt(text.slice(2 * place, 2 * place + 2), 16));
  const places = new Uint8Array(128);
  LETTERS.forEach((letter, place) => (places[letter.charCodeAt(0)] = place));
  const letter = (at: number): number => places[text.charCodeAt(at)] as number;
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let at = 512; at < text.length; at += 1) {
    const first = letter(at);
    const place = first >= 2 ? first - 2 : LETTERS.length - 2 + first * LETTERS.length + letter(++at);
    bytes[length++] = order[place] as number;
  }
  return bytes.slice(0, length);
}
