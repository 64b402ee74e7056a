//! ASCII letters and digits, eight bytes of a text at once: most of any text is runs of them.

/// A byte in each of the eight places.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The highest bit of each byte.
const HIGH: u64 = 0x80 * EACH;

/// What a lower-case letter has and its capital has not; every digit has it, too.
const LOWER: u64 = 0x20 * EACH;

/// So many bits further on is the highest bit of a byte.
const LOWER_TO_HIGH: u32 = 2;

/// Up to eight letters and digits in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letters {
    /// How many.
    pub(crate) length: usize,
    /// The bytes in lower case, the first of them lowest; 0 where there are no more.
    pub(crate) lower: u64,
    /// The highest bit of each byte that is a capital.
    capitals: u64,
    /// The same of digits.
    digits: u64,
}

impl Letters {
    /// Whether all are letters in lower case.
    pub(crate) fn are_small(&self) -> bool {
        self.capitals | self.digits == 0
    }

    /// How many are capitals.
    pub(crate) fn capitals(&self) -> u32 {
        count(self.capitals)
    }

    /// How many are digits.
    pub(crate) fn digits(&self) -> u32 {
        count(self.digits)
    }
}

/// The letters and digits of `bytes` from `at` on, up to eight of them.
pub(crate) fn letters(bytes: &[u8], at: usize) -> Letters {
    let word = load(bytes, at);
    let (letters, digits) = (within(word | LOWER, b'a', b'z'), within(word, b'0', b'9'));
    let length = first(!(letters | digits) & HIGH);
    let here = mask(length);
    let capitals = letters & !(word << LOWER_TO_HIGH) & here;
    Letters { length, lower: lower(word & here, length), capitals, digits: digits & here }
}

/// Where the letters and digits end that `bytes` has from `at` on.
pub(crate) fn end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        let word = load(bytes, at);
        let all = within(word | LOWER, b'a', b'z') | within(word, b'0', b'9');
        let length = first(!all & HIGH);
        at += length;
        if length < 8 {
            return at;
        }
    }
}

/// `word`, of which the first `length` bytes are letters and digits, in lower case.
fn lower(word: u64, length: usize) -> u64 {
    word | LOWER & mask(length)
}

/// The first of `bytes`, from `at` on, that is one of `marks`, which are ASCII.
pub(crate) fn find<const N: usize>(bytes: &[u8], mut at: usize, marks: [u8; N]) -> Option<usize> {
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*word);
        // Subtracting from a byte of zeros borrows into its highest bit; the first such byte is a true one.
        let found = marks.iter().fold(0, |found, mark| {
            let none = word ^ (u64::from(*mark) * EACH);
            found | none.wrapping_sub(EACH) & !none
        });
        match first(found & HIGH) {
            8 => at += 8,
            place => return Some(at + place),
        }
    }
    let rest = bytes.get(at..)?;
    rest.iter().position(|byte| marks.contains(byte)).map(|place| at + place)
}

/// The first `length` bytes from `at` on, which are letters and digits, in lower case; eight of them at the most.
pub(crate) fn lower_at(bytes: &[u8], at: usize, length: usize) -> u64 {
    lower(load(bytes, at) & mask(length), length)
}

/// Eight bytes from `at` on, as [`head`] has them.
fn load(bytes: &[u8], at: usize) -> u64 {
    head(bytes.get(at..).unwrap_or_default())
}

/// The first eight bytes, the first of them lowest; 0 beyond the end.
pub(crate) fn head(bytes: &[u8]) -> u64 {
    if let Some(head) = bytes.first_chunk() {
        return u64::from_le_bytes(*head);
    }
    // What both halves have is the same in both.
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>(), bytes) {
        (Some(first), Some(last), _) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4))
        }
        (_, _, &[first, second, third]) => u64::from(u32::from_le_bytes([first, second, third, 0])),
        (_, _, &[first, second]) => u64::from(u16::from_le_bytes([first, second])),
        (_, _, &[first]) => u64::from(first),
        _ => 0,
    }
}

/// The highest bit of each byte of `word` that is one of `from` to `to`, which are ASCII. (Hacker's Delight, chapter 6:
/// adding what is missing to 128 carries into the highest bit.)
fn within(word: u64, from: u8, to: u8) -> u64 {
    let low = word & !HIGH;
    let from = low + u64::from(0x80 - from) * EACH;
    let past = low + u64::from(0x7f - to) * EACH;
    from & !past & !word & HIGH
}

/// How many highest bits of bytes there are: all are added up in the highest byte.
fn count(bits: u64) -> u32 {
    (((bits >> 7).wrapping_mul(EACH)) >> 56) as u32
}

/// Which byte the lowest of some highest bits is of; 8 where there is none.
fn first(bits: u64) -> usize {
    bits.trailing_zeros() as usize / 8
}

/// All bits of the first `length` bytes.
fn mask(length: usize) -> u64 {
    if length < 8 { (1 << (8 * length)) - 1 } else { u64::MAX }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_byte_is_what_it_is() {
        for byte in 0..=u8::MAX {
            for at in 0..9 {
                let mut bytes = *b"aB3dEfgHi";
                bytes[at] = byte;
                let is = byte.is_ascii_alphanumeric();
                assert_eq!(end(&bytes, 0), if is { 9 } else { at }, "{byte} at {at}");
                assert_eq!(letters(&bytes, 0).length, if is { 8 } else { at.min(8) }, "{byte} at {at}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_first_mark_is_found(text in "([a-z ]{0,12}[:.$'é%&;/-]?){0,4}", from in 0..20_usize) {
            let bytes = text.as_bytes();
            let expected = (from..bytes.len()).find(|at| b":.$".contains(&bytes[*at]));
            prop_assert_eq!(find(bytes, from, *b":.$"), expected);
        }

        #[test]
        fn what_is_told_is_what_is_there(bytes in "[a-zA-Z0-9]{0,20}[-@\\[`{/:é ]?[a-z]{0,9}", at in 0..32_usize) {
            let bytes = bytes.as_bytes();
            let rest = bytes.get(at..).unwrap_or_default();
            let run = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            prop_assert_eq!(end(bytes, at), at + run);
            let own = &rest[..run.min(8)];
            let mut lower = [0; 8];
            lower[..own.len()].copy_from_slice(&own.to_ascii_lowercase());
            let count = |is: fn(&u8) -> bool| u32::try_from(own.iter().filter(|byte| is(byte)).count()).unwrap();
            let expected = (count(u8::is_ascii_uppercase), count(u8::is_ascii_digit));
            let told = letters(bytes, at);
            prop_assert_eq!((told.length, told.lower), (own.len(), u64::from_le_bytes(lower)));
            prop_assert_eq!((told.capitals(), told.digits()), expected);
            prop_assert_eq!(told.are_small(), expected == (0, 0));
        }
    }
}
