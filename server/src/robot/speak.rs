//! A code said digit by digit in the page's language: sounds of our own, one after the other, as a WAV of
//! 8 kHz, 8 bits, one channel.

use miftah_rules::Lang;

/// Bytes of a WAV's head, as ours are written.
const HEAD: usize = 44;
/// Samples a second.
const RATE: u32 = 8000;
/// Between two digits: half a second of silence.
const PAUSE: usize = 4000;
/// The middle of an unsigned sample.
const SILENCE: u8 = 128;

macro_rules! voice {
    ($lang:literal) => {
        voice!($lang: "0" "1" "2" "3" "4" "5" "6" "7" "8" "9")
    };
    ($lang:literal: $($digit:literal)*) => {
        [$(include_bytes!(concat!("../../voice/", $lang, "/", $digit, ".wav")).as_slice(),)*]
    };
}

const AR: [&[u8]; 10] = voice!("ar");
const FR: [&[u8]; 10] = voice!("fr");
const EN: [&[u8]; 10] = voice!("en");

/// The digits of a code, spoken.
pub(super) fn digits(digits: &str, lang: Lang) -> Vec<u8> {
    let voice = match lang {
        Lang::Ar => &AR,
        Lang::Fr => &FR,
        Lang::En => &EN,
    };
    let mut samples = vec![SILENCE; PAUSE];
    for digit in digits.chars().filter_map(|c| c.to_digit(10)) {
        let sound = usize::try_from(digit).ok().and_then(|at| voice.get(at));
        samples.extend(
            sound
                .and_then(|sound| sound.get(HEAD..))
                .unwrap_or_default(),
        );
        samples.extend([SILENCE; PAUSE]);
    }
    wav(&samples)
}

fn wav(samples: &[u8]) -> Vec<u8> {
    let size = u32::try_from(samples.len()).unwrap_or(u32::MAX);
    let mut out = Vec::with_capacity(HEAD + samples.len());
    out.extend(b"RIFF");
    out.extend(size.saturating_add(36).to_le_bytes());
    out.extend(b"WAVEfmt ");
    out.extend(16_u32.to_le_bytes());
    // Plain samples, one channel.
    out.extend(1_u16.to_le_bytes());
    out.extend(1_u16.to_le_bytes());
    out.extend(RATE.to_le_bytes());
    // Bytes a second, bytes a sample, bits a sample.
    out.extend(RATE.to_le_bytes());
    out.extend(1_u16.to_le_bytes());
    out.extend(8_u16.to_le_bytes());
    out.extend(b"data");
    out.extend(size.to_le_bytes());
    out.extend(samples);
    out
}

#[cfg(test)]
mod tests {
    use miftah_rules::Lang;

    use super::{AR, EN, FR, HEAD, PAUSE, digits};

    #[test]
    fn every_digit_has_a_sound_of_its_own_in_each_language() {
        for voice in [AR, FR, EN] {
            for (digit, sound) in voice.iter().enumerate() {
                assert_eq!(&sound[..4], b"RIFF", "{digit}");
                assert_eq!(&sound[36..40], b"data", "{digit}");
                assert_eq!(sound[24..28], 8000_u32.to_le_bytes(), "{digit}");
                assert!(
                    sound.len() > HEAD + 1500,
                    "{digit} is too short to be heard"
                );
                assert_eq!(voice.iter().filter(|other| *other == sound).count(), 1);
            }
        }
    }

    #[test]
    fn a_code_is_its_digits_one_after_the_other() {
        let spoken = digits("4071", Lang::Ar);
        let sounds: usize = [4, 0, 7, 1]
            .iter()
            .map(|at: &usize| AR[*at].len() - HEAD)
            .sum();
        assert_eq!(spoken.len(), HEAD + 5 * PAUSE + sounds);
        assert_eq!(
            spoken[4..8],
            u32::try_from(spoken.len() - 8).unwrap().to_le_bytes()
        );
        assert!(
            spoken
                .windows(1000)
                .any(|part| part == &AR[7][HEAD..HEAD + 1000])
        );
        assert_ne!(digits("4071", Lang::Fr), spoken);
    }
}
