//! One Rust file, with its comments, strings and tests told apart.
//!
//! A small scanner of the language's tokens, not a parser: it knows strings, characters, comments and braces, which is
//! all that the checks ask for. Masked text keeps the length and the lines of the original.

use std::ops::Range;

/// A Rust file and views of it in which a part is blanked out.
pub struct Source {
    /// Path from the root of the repository, with forward slashes.
    pub path: String,
    /// As it lies on disk.
    pub text: String,
    /// Comments, strings and characters blanked.
    pub code: String,
    /// Comments blanked, strings kept.
    pub words: String,
    /// Byte ranges of items under `#[cfg(test)]`, attribute included.
    tests: Vec<Range<usize>>,
}

/// A function and the lines it takes, signature and closing brace included.
#[derive(Debug, PartialEq)]
pub struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let (code, words) = mask(&text);
        let tests = test_ranges(&code);
        Self { path: path.into(), text, code, words, tests }
    }

    /// Whether the whole file exists for tests.
    pub fn is_test_file(&self) -> bool {
        let named = ["stories.rs", "tests.rs", "test.rs"].iter().any(|name| self.path.ends_with(&format!("/{name}")));
        let placed = ["/tests/", "/stories/", "/benches/"].iter().any(|folder| self.path.contains(folder));
        named || placed || self.path.starts_with("crates/testkit/")
    }

    /// `code` without what is under `#[cfg(test)]`.
    pub fn code_outside_tests(&self) -> String {
        self.without_tests(&self.code)
    }

    /// `words` without what is under `#[cfg(test)]`.
    pub fn words_outside_tests(&self) -> String {
        self.without_tests(&self.words)
    }

    fn without_tests(&self, view: &str) -> String {
        let mut bytes = view.as_bytes().to_vec();
        for range in &self.tests {
            blank(&mut bytes, range.clone());
        }
        String::from_utf8(bytes).expect("masking keeps characters whole")
    }

    /// Lines of the file that are not under `#[cfg(test)]`.
    pub fn lines_outside_tests(&self) -> usize {
        let in_tests: usize = self.tests.iter().map(|range| self.text[range.clone()].lines().count()).sum();
        self.text.lines().count().saturating_sub(in_tests)
    }

    /// Functions with a body that are not under `#[cfg(test)]`.
    pub fn functions(&self) -> Vec<Function> {
        let code = self.code_outside_tests();
        word_positions(&code, "fn").into_iter().filter_map(|at| function_at(&code, at)).collect()
    }

    /// Line number of a byte position, from 1.
    pub fn line_of(&self, at: usize) -> usize {
        line_of(&self.text, at)
    }
}

pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1
}

/// Positions at which `word` stands alone.
pub fn word_positions(text: &str, word: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    text.match_indices(word)
        .map(|(at, _)| at)
        .filter(|&at| at == 0 || !is_word(bytes[at - 1]))
        .filter(|&at| bytes.get(at + word.len()).is_none_or(|&byte| !is_word(byte)))
        .collect()
}

pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn function_at(code: &str, at: usize) -> Option<Function> {
    let rest = &code[at + 2..];
    let name: String = rest.trim_start().bytes().take_while(|&byte| is_word(byte)).map(char::from).collect::<String>();
    // A pointer type such as `fn(u8)` has no name; a declaration in a trait ends before any body.
    let open = item_end(code, at).filter(|&end| code.as_bytes()[end] == b'{')?;
    let close = matching_brace(code, open)?;
    let lines = code[at..=close].bytes().filter(|&byte| byte == b'\n').count() + 1;
    (!name.is_empty()).then(|| Function { name, line: line_of(code, at), lines })
}

/// The first brace or semicolon after `at` that stands outside of brackets.
fn item_end(code: &str, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(at) {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b'{' | b';' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// The brace that closes the one at `open`.
pub fn matching_brace(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn test_ranges(code: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, attribute) in code.match_indices("#[cfg(test)]") {
        if ranges.last().is_some_and(|last| last.contains(&at)) {
            continue;
        }
        let after = at + attribute.len();
        let Some(end) = item_end(code, after) else { continue };
        let end = if code.as_bytes()[end] == b'{' { matching_brace(code, end).unwrap_or(code.len() - 1) } else { end };
        ranges.push(at..end + 1);
    }
    ranges
}

/// `(code, words)`: the text with comments, strings and characters blanked, and with comments alone blanked.
fn mask(text: &str) -> (String, String) {
    let mut code = text.as_bytes().to_vec();
    let mut words = code.clone();
    let mut at = 0;
    while at < text.len() {
        match token_at(text, at) {
            Token::Comment(end) => {
                blank(&mut code, at..end);
                blank(&mut words, at..end);
                at = end;
            }
            Token::Literal(end) => {
                blank(&mut code, at..end);
                at = end;
            }
            Token::Other(end) => at = end,
        }
    }
    let whole = |bytes| String::from_utf8(bytes).expect("tokens end between characters");
    (whole(code), whole(words))
}

enum Token {
    Comment(usize),
    Literal(usize),
    Other(usize),
}

fn token_at(text: &str, at: usize) -> Token {
    let rest = &text.as_bytes()[at..];
    let to_end = |len: Option<usize>| at + len.unwrap_or(rest.len());
    match rest {
        [b'/', b'/', ..] => Token::Comment(to_end(text[at..].find('\n'))),
        [b'/', b'*', ..] => Token::Comment(to_end(block_comment_len(rest))),
        [b'"', ..] => Token::Literal(to_end(quoted_len(rest, b'"'))),
        [b'\'', ..] => match character_len(&text[at..]) {
            Some(len) => Token::Literal(at + len),
            None => Token::Other(at + 1),
        },
        [byte, ..] if is_word(*byte) => {
            let len = rest.iter().take_while(|&&byte| is_word(byte)).count();
            let raw = matches!(&rest[..len], b"r" | b"br" | b"cr").then(|| raw_len(&rest[len..])).flatten();
            raw.map_or(Token::Other(at + len), |raw| Token::Literal(at + len + raw))
        }
        _ => Token::Other(at + text[at..].chars().next().map_or(1, char::len_utf8)),
    }
}

fn block_comment_len(rest: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while at + 1 < rest.len() {
        match &rest[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn quoted_len(rest: &[u8], quote: u8) -> Option<usize> {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// Length of a character literal, or `None` where the quote starts a lifetime.
fn character_len(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1);
    let (_, first) = characters.next()?;
    if first == '\\' {
        return quoted_len(rest.as_bytes(), b'\'');
    }
    let (at, second) = characters.next()?;
    (second == '\'').then_some(at + 1)
}

/// Length of `#"…"#` after the `r` of a raw string.
fn raw_len(rest: &[u8]) -> Option<usize> {
    let hashes = rest.iter().take_while(|&&byte| byte == b'#').count();
    if rest.get(hashes) != Some(&b'"') {
        return None;
    }
    let mut end = vec![b'"'];
    end.resize(hashes + 1, b'#');
    let body = &rest[hashes + 1..];
    body.windows(end.len()).position(|window| window == end).map(|at| hashes + 1 + at + end.len())
}

fn blank(bytes: &mut [u8], range: Range<usize>) {
    for byte in &mut bytes[range] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_leave_the_code() {
        let cases = [
            ("a // b\nc", "a     \nc"),
            ("a /* b /* c */ d */ e", "a                   e"),
            (r#"let a = "b { \" c";"#, "let a =           ;"),
            (r##"x(r#"a " b"#, br"c")"##, "x(          ,      )"),
            ("m('{', '\\'', 'é')", "m(   ,     ,     )"),
            ("fn f<'a>(x: &'a str)", "fn f<'a>(x: &'a str)"),
        ];
        for (text, code) in cases {
            assert_eq!(Source::new("x.rs", text).code, code, "{text}");
        }
    }

    #[test]
    fn functions_are_measured_and_tests_are_not() {
        let text = "fn one() {}\nfn two<T>(\n) -> [T; 2]\nwhere T: X {\n    \"}\"\n}\ntrait A { fn three(); }\ntype F = fn(u8);\n\
                    #[cfg(test)]\nmod tests {\n    fn four() {\n    }\n}\n";
        let source = Source::new("x.rs", text);
        let functions: Vec<(String, usize)> =
            source.functions().into_iter().map(|function| (function.name, function.lines)).collect();
        assert_eq!(functions, [("one".to_owned(), 1), ("two".to_owned(), 5)]);
        assert_eq!(source.lines_outside_tests(), 8);
    }
}
