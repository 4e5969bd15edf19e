import type { Clock } from './platform.ts';

/** Crockford's base 32 in small letters: no i, l, o or u. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const poolSize = 16 * 256;

/**
 * Ids like `bat_01jd3k…`: a prefix, then 26 characters as in a ULID, 48 bits of time and 80 of chance. They sort by the
 * time they were made, also within one millisecond and when the clock is set back.
 */
export function createIds(clock: Clock): (prefix: string) => string {
  const pool = new Uint8Array(poolSize);
  let at = poolSize;
  let lastTime = 0;
  const chance = new Uint8Array(16);

  function draw(): void {
    if (at === poolSize) {
      crypto.getRandomValues(pool);
      at = 0;
    }
    // Five bits a character. The first one leaves room, so that counting up within a millisecond never runs over.
    for (let place = 0; place < 16; place++) chance[place] = (pool[at++] ?? 0) & (place === 0 ? 15 : 31);
  }

  function countUp(): void {
    for (let place = 15; place >= 0; place--) {
      const digit = chance[place] ?? 0;
      if (digit < 31) {
        chance[place] = digit + 1;
        return;
      }
      chance[place] = 0;
    }
  }

  return (prefix) => {
    const now = clock.now();
    if (now > lastTime) {
      lastTime = now;
      draw();
    } else {
      countUp();
    }
    let time = '';
    for (let rest = lastTime, place = 0; place < 10; place++) {
      time = alphabet.charAt(rest % 32) + time;
      rest = Math.floor(rest / 32);
    }
    let random = '';
    for (const digit of chance) random += alphabet.charAt(digit);
    return `${prefix}_${time}${random}`;
  };
}
