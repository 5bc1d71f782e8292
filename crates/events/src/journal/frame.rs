//! A frame: length and CRC-32C (both little endian `u32`), then the record's bytes. A length of 0 ends a segment.

use std::ops::Range;

use super::options::{JournalError, MAX_RECORD_BYTES};

pub const FRAME_HEAD: usize = 8;

/// Appends a frame whose payload `fill` writes; on a payload that is too long `out` is left as it was.
pub fn append(out: &mut Vec<u8>, fill: impl FnOnce(&mut Vec<u8>)) -> Result<(), JournalError> {
    let start = out.len();
    out.extend_from_slice(&[0; FRAME_HEAD]);
    fill(out);
    let length = out.len() - start - FRAME_HEAD;
    if length > MAX_RECORD_BYTES {
        out.truncate(start);
        return Err(JournalError::TooLong(length));
    }
    let sum = crc32c::crc32c(&out[start + FRAME_HEAD..]);
    out[start..start + 4].copy_from_slice(&(length as u32).to_le_bytes());
    out[start + 4..start + FRAME_HEAD].copy_from_slice(&sum.to_le_bytes());
    Ok(())
}

/// What stands at the start of some bytes.
#[derive(Debug, PartialEq)]
pub enum Parsed {
    Whole(Range<usize>),
    /// The frame fits but its checksum does not: the next may be sound.
    Damaged {
        next: usize,
    },
    /// The bytes end before the frame does.
    Short,
    /// Nothing that could be a frame.
    End,
}

pub fn parse(bytes: &[u8], at: usize) -> Parsed {
    let Some(head) = bytes.get(at..at + FRAME_HEAD) else { return Parsed::Short };
    let word = |index: usize| u32::from_le_bytes(head[index..index + 4].try_into().expect("four bytes"));
    let length = word(0) as usize;
    if length == 0 || length > MAX_RECORD_BYTES {
        return Parsed::End;
    }
    let payload = at + FRAME_HEAD..at + FRAME_HEAD + length;
    match bytes.get(payload.clone()) {
        None => Parsed::Short,
        Some(found) if crc32c::crc32c(found) == word(4) => Parsed::Whole(payload),
        Some(_) => Parsed::Damaged { next: payload.end },
    }
}

/// End of the last sound frame from `at` on; `at` where there is none.
pub fn sound_end(bytes: &[u8], at: usize) -> usize {
    let (mut here, mut end) = (at, at);
    loop {
        match parse(bytes, here) {
            Parsed::Whole(payload) => {
                here = payload.end;
                end = here;
            }
            Parsed::Damaged { next } => here = next,
            Parsed::Short | Parsed::End => return end,
        }
    }
}
