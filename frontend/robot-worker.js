// Guesses until the key that comes of a guess begins as the challenge says (altcha, version 2).
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));

onmessage = async ({ data: { nonce, salt, cost, keyLength, keyPrefix } }) => {
  const begin = bytes(nonce);
  const guess = new Uint8Array(begin.length + 4);
  guess.set(begin);
  const end = new DataView(guess.buffer);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  for (let counter = 0; ; counter += 1) {
    end.setUint32(begin.length, counter);
    const key = await crypto.subtle.importKey("raw", guess, "PBKDF2", false, ["deriveBits"]);
    const bits = new Uint8Array(await crypto.subtle.deriveBits(how, key, keyLength * 8));
    const derivedKey = Array.from(bits, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (derivedKey.startsWith(keyPrefix)) {
      postMessage({ counter, derivedKey });
      return;
    }
  }
};
