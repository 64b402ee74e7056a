//! Words as numbers, by which they are compared.

/// The number of a word under way: its bytes, eight at a time, are multiplied into it.
#[derive(Clone, Copy)]
pub(super) struct Hash {
    number: u64,
    /// Bytes that are not in the number yet, the first of them lowest.
    waiting: u64,
    /// Eight times as many as wait.
    bits: u32,
}

/// The number of no bytes.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

impl Hash {
    pub(super) fn new() -> Hash {
        Hash { number: SEED, waiting: 0, bits: 0 }
    }

    /// Adds so many bytes, one to eight, the first of them lowest.
    pub(super) fn bytes(&mut self, bytes: u64, length: usize) {
        self.waiting |= bytes << self.bits;
        let bits = self.bits + 8 * u32::try_from(length).unwrap_or(0);
        if bits >= u64::BITS {
            self.number = mixed(self.number, self.waiting);
            self.waiting = bytes.checked_shr(u64::BITS - self.bits).unwrap_or(0);
        }
        self.bits = bits % u64::BITS;
    }

    pub(super) fn push(&mut self, c: char) {
        match c {
            '’' | '‘' => self.bytes(u64::from(b'\''), 1),
            '‐' | '‑' => self.bytes(u64::from(b'-'), 1),
            _ if c.is_ascii() => self.bytes(u64::from(c.to_ascii_lowercase()), 1),
            _ => {
                for lower in c.to_lowercase() {
                    lower.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.bytes(u64::from(byte), 1));
                }
            }
        }
    }

    /// The number of a word of so many bytes, fewer than eight, the first of them lowest.
    pub(super) fn of_few(bytes: u64, length: usize) -> u64 {
        Hash { number: SEED, waiting: bytes, bits: 8 * u32::try_from(length).unwrap_or(0) }.value()
    }

    /// The top bit tells words from marks, which are numbered by code point.
    pub(super) fn value(self) -> u64 {
        mixed(self.number ^ u64::from(self.bits), self.waiting) | 1 << 63
    }
}

/// A number and the next bytes of a word as one number: both halves of their product (as `wyhash` has it).
fn mixed(number: u64, bytes: u64) -> u64 {
    let (low, high) = (number ^ bytes).carrying_mul(0x9e37_79b9_7f4a_7c15, 0);
    low ^ high
}
