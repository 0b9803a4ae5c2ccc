// Takes the badge out of a PNG or an SVG that a stranger sent: as bake.py does. Nothing of it is shown or run.

import {toText, unpack} from "./bytes.js";
import {LARGEST_BADGE, Refused} from "./token.js";

export const LARGEST_PICTURE = 4 * 1024 * 1024;
const MOST_CHUNKS = 10000;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = new TextEncoder().encode("openbadgecredential\0");
const NAMESPACE = "https://purl.imsglobal.org/ob/v3p0";
const CRC = Uint32Array.from({length: 256}, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

function startsWith(bytes, start) {
  return start.every((byte, place) => bytes[place] === byte);
}

export function isPicture(bytes) {
  let place = startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  while (place < 1024 && [9, 10, 13, 32].includes(bytes[place])) place += 1;
  return startsWith(bytes, PNG) || bytes[place] === 0x3c;
}

export async function extract(bytes) {
  if (bytes.length > LARGEST_PICTURE) throw new Refused("too_large", {limit: LARGEST_PICTURE / 1024});
  const found = startsWith(bytes, PNG) ? await inPng(bytes) : inSvg(bytes);
  if (found.length !== 1) throw new Refused(found.length > 0 ? "several_badges" : "no_badge_inside");
  return found[0];
}

function inSvg(bytes) {
  const text = toText(bytes);
  // a document type is where entities come from: no badge needs one
  if (text === null || /<!(DOCTYPE|ENTITY)/i.test(text)) throw new Refused("broken_picture");
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
  if (parsed.querySelector("parsererror")) throw new Refused("broken_picture");
  const found = [...parsed.getElementsByTagNameNS(NAMESPACE, "credential")];
  return found.map((element) => new TextEncoder().encode((element.getAttribute("verify") ?? "").trim()));
}

function checksum(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = CRC[(rest ^ byte) & 0xff] ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}

function chunks(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found = [];
  let place = PNG.length;
  while (found.length < MOST_CHUNKS && bytes.length >= place + 12) {
    const length = view.getUint32(place);
    if (bytes.length < place + 12 + length) break;
    const body = bytes.subarray(place + 4, place + 8 + length);
    if (checksum(body) !== view.getUint32(place + 8 + length)) break;
    const kind = String.fromCharCode(...body.subarray(0, 4));
    found.push([kind, body.subarray(4)]);
    if (kind === "IEND") return found;
    place += 12 + length;
  }
  throw new Refused("broken_picture");
}

async function inPng(bytes) {
  const texts = chunks(bytes).filter(([kind, content]) => kind === "iTXt" && startsWith(content, [...KEYWORD]));
  return Promise.all(texts.map(([, content]) => textOf(content.subarray(KEYWORD.length))));
}

async function textOf(content) {
  const language = content.indexOf(0, 2);
  const keyword = language < 0 ? -1 : content.indexOf(0, language + 1);
  if (keyword < 0 || content[0] > 1) throw new Refused("broken_picture");
  const text = content.subarray(keyword + 1);
  if (content[0] === 0) return text;
  const unpacked = await unpack(text, "deflate", LARGEST_BADGE);
  if (!unpacked) throw new Refused("broken_picture");
  return unpacked;
}
