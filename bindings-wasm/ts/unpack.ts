/** How many characters stand for a byte's place: printable ASCII but for five. The first two begin a pair. */
const LETTERS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter((letter) => !'"\\$`<'.includes(letter));

/** The bytes of a text that the build has packed: 256 bytes in hexadecimal, commonest first, then one or two letters each. */
export function unpack(text: string): Uint8Array<ArrayBuffer> {
  const places = new Uint8Array(128);
  LETTERS.forEach((letter, place) => (places[letter.charCodeAt(0)] = place));
  const order = new Uint8Array(256);
  for (let place = 0; place < 256; place += 1) order[place] = Number.parseInt(text.slice(2 * place, 2 * place + 2), 16);
  // Arrays of bytes throughout: this loop runs once, cold, before the first decision.
  const letters = new TextEncoder().encode(text);
  const base = LETTERS.length;
  const end = letters.length;
  let length = 0;
  for (let at = 512; at < end; ) {
    const first = places[letters[at++] as number] as number;
    const place = first > 1 ? first - 2 : base - 2 + first * base + (places[letters[at++] as number] as number);
    // A byte takes one letter at least, so what is written never overtakes what is read.
    letters[length++] = order[place] as number;
  }
  return letters.subarray(0, length) as Uint8Array<ArrayBuffer>;
}
