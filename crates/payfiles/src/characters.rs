//! The letters that SEPA carries, and how other alphabets are said in them.
//!
//! Banks pass `a-z A-Z 0-9 / - ? : ( ) . , ' +` and space (EPC217-08). Latin, Greek and Cyrillic letters are said in these;
//! of the two ways that the Council's best practices leave for umlauts (`a` and, as an alternative, `ae`) `ae` is taken, as
//! German banks and passports do. Other scripts are refused: a name guessed from them would not match the account, and the
//! payee's bank compares. Ids are never changed, only refused: they come back on statements and are looked up.

/// Longest name of a party.
pub const NAME_MAX: usize = 70;
/// Longest text to the payee.
pub const REMITTANCE_MAX: usize = 140;
/// Longest id of a message, a batch or a payment.
pub const ID_MAX: usize = 35;
/// What stands for the marks SEPA lacks and business names have.
const MARKS: &[(&str, &str)] = &[
    ("&", "+"),
    ("_–\u{2014}‐‑‒−", "-"),
    ("\"„“”«»‘’‚`´", "'"),
    ("[{<", "("),
    ("]}>", ")"),
    (";", ","),
    ("\\|", "/"),
    ("€", "EUR"),
    ("!@#$%*=^~…·•", "."),
];

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("it is empty")]
    Empty,
    #[error("it has {found} characters in SEPA's letters, and may have {limit}")]
    TooLong { limit: usize, found: usize },
    #[error("banks do not carry “{0}”, and it cannot be said in the letters that they do")]
    Unsayable(char),
    #[error("an id is made of a-z A-Z 0-9 / - ? : ( ) . , ' + and space: “{0}” is none of them")]
    NotInId(char),
    #[error("an id does not begin or end with a space or a slash, nor has two slashes in a row")]
    Slashes,
}

/// Whether SEPA carries it.
pub fn carried(character: char) -> bool {
    character.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(character)
}

/// `text` in SEPA's letters, white space and slashes single and none at the ends, of 1 to `limit` characters.
pub fn text(text: &str, limit: usize) -> Result<String, TextError> {
    let characters: Vec<char> = text.chars().collect();
    let mut said = String::with_capacity(characters.len());
    for (index, &character) in characters.iter().enumerate() {
        if character.is_whitespace() || character.is_control() {
            said.push(' ');
        } else if carried(character) {
            said.push(character);
        } else {
            say(&characters, index, &mut said)?;
        }
    }
    let said = tidied(&said);
    let found = said.chars().count();
    match found {
        0 => Err(TextError::Empty),
        _ if found > limit => Err(TextError::TooLong { limit, found }),
        _ => Ok(said),
    }
}

fn tidied(said: &str) -> String {
    let words: Vec<&str> = said.split(' ').filter(|word| !word.is_empty()).collect();
    let mut tidy = words.join(" ");
    while tidy.contains("//") {
        tidy = tidy.replace("//", "/");
    }
    tidy.trim_matches(|edge| edge == '/' || edge == ' ').to_owned()
}

fn say(characters: &[char], index: usize, said: &mut String) -> Result<(), TextError> {
    let character = characters[index];
    if let Some((_, stands_for)) = MARKS.iter().find(|(marks, _)| marks.contains(character)) {
        said.push_str(stands_for);
        return Ok(());
    }
    if ('\u{300}'..='\u{36f}').contains(&character) {
        say_mark(character, said);
        return Ok(());
    }
    let spelled = spelling(character).or_else(|| letters(character)).ok_or(TextError::Unsayable(character))?;
    let loud = character.is_uppercase() && stands_among_capitals(characters, index);
    if loud {
        said.push_str(&spelled.to_ascii_uppercase())
    } else {
        said.push_str(spelled)
    }
    Ok(())
}

// A letter and its mark may come as two: ü as u and ¨.
fn say_mark(mark: char, said: &mut String) {
    let after = said.chars().next_back();
    match after {
        Some('a' | 'o' | 'u') if mark == '\u{308}' => said.push('e'),
        Some('A' | 'O' | 'U') if mark == '\u{308}' => said.push('E'),
        _ => {}
    }
}

fn spelling(character: char) -> Option<&'static str> {
    Some(match character {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'Ä' => "Ae",
        'Ö' => "Oe",
        'Ü' => "Ue",
        'ß' => "ss",
        'ẞ' => "SS",
        'ø' => "oe",
        'Ø' => "Oe",
        'å' => "aa",
        'Å' => "Aa",
        // As Greek passports spell it.
        'η' | 'ή' => "i",
        'Η' | 'Ή' => "I",
        _ => return None,
    })
}

fn letters(character: char) -> Option<&'static str> {
    let known = matches!(character, '\u{aa}' | '\u{b5}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'
        | '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' | '\u{400}'..='\u{52f}');
    let said = deunicode::deunicode_char(character).filter(|_| known && character.is_alphabetic())?;
    said.chars().all(carried).then_some(said)
}

fn stands_among_capitals(characters: &[char], index: usize) -> bool {
    let next = characters.get(index + 1).filter(|next| next.is_alphabetic());
    let before = index.checked_sub(1).map(|before| characters[before]).filter(|before| before.is_alphabetic());
    next.copied().or(before).is_some_and(char::is_uppercase)
}

/// An id as it stands, or why it cannot be one.
pub fn id(text: &str) -> Result<&str, TextError> {
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if let Some(strange) = text.chars().find(|&character| !carried(character)) {
        return Err(TextError::NotInId(strange));
    }
    if text.len() > ID_MAX {
        return Err(TextError::TooLong { limit: ID_MAX, found: text.len() });
    }
    let edge = |edge: char| edge == '/' || edge == ' ';
    if text.starts_with(edge) || text.ends_with(edge) || text.contains("//") {
        return Err(TextError::Slashes);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn european_names_are_said_in_plain_letters() {
        let cases = [
            ("Jürgen Groß", "Juergen Gross"),
            ("MÜLLER & SÖHNE", "MUELLER + SOEHNE"),
            ("Übersee", "Uebersee"),
            ("Łukasz Żółć", "Lukasz Zolc"),
            ("Иван Петров", "Ivan Petrov"),
            ("François Noël", "Francois Noel"),
            ("Søren Ångström", "Soeren Aangstroem"),
            ("Mu\u{308}ller", "Mueller"),
            ("Őrsi Tűz", "Orsi Tuz"),
            ("  Two\t words\r\n", "Two words"),
            ("O’Brien “Ltd”", "O'Brien 'Ltd'"),
            ("https://a.b//c/", "https:/a.b/c"),
        ];
        for (given, said) in cases {
            assert_eq!(text(given, NAME_MAX).as_deref(), Ok(said), "{given}");
        }
        assert_eq!(text("Αθήνα", NAME_MAX).as_deref(), Ok("Athina"));
    }

    #[test]
    fn what_cannot_be_said_is_named() {
        assert_eq!(text("Pay 🚀", NAME_MAX), Err(TextError::Unsayable('🚀')));
        assert_eq!(text("北京", NAME_MAX), Err(TextError::Unsayable('北')));
        assert_eq!(text(" / ", NAME_MAX), Err(TextError::Empty));
        assert_eq!(text(&"ü".repeat(36), NAME_MAX), Err(TextError::TooLong { limit: 70, found: 72 }));
        assert_eq!(text(&"ü".repeat(35), NAME_MAX).map(|said| said.len()), Ok(70));
    }

    #[test]
    fn ids_are_taken_as_they_are_or_refused() {
        assert_eq!(id("PO/2026-11.1"), Ok("PO/2026-11.1"));
        assert_eq!(id("PO_1"), Err(TextError::NotInId('_')));
        for slashed in ["/PO", "PO/", "P//O", " PO", "PO "] {
            assert_eq!(id(slashed), Err(TextError::Slashes), "{slashed}");
        }
        assert_eq!(id(&"1".repeat(36)), Err(TextError::TooLong { limit: 35, found: 36 }));
        assert_eq!(id(""), Err(TextError::Empty));
    }

    proptest! {
        #[test]
        fn whatever_is_said_is_carried_and_says_itself(given in "\\PC{0,100}|[a-zäöüß /.]{0,60}|\\p{Cyrillic}{0,40}|\\p{Greek}{0,40}") {
            if let Ok(said) = text(&given, REMITTANCE_MAX) {
                prop_assert!(said.chars().all(carried) && said.len() <= REMITTANCE_MAX && !said.is_empty());
                let again = text(&said, REMITTANCE_MAX);
                prop_assert_eq!(again.as_deref(), Ok(said.as_str()));
            }
        }
    }
}
