//! Reads Rust source far enough to judge its house: identifiers, path marks, braces and string
//! literals with their lines; comments are dropped, code under `#[cfg(test)]` is marked.

/// One token that the rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// An identifier or keyword.
    Name(String),
    /// `::`.
    Path,
    /// Any other single mark.
    Mark(char),
    /// The text of a string literal, as written.
    Text(String),
}

/// A token with its place.
#[derive(Debug, Clone)]
pub struct Token {
    pub word: Word,
    pub line: usize,
    /// Stands in an item under `#[cfg(test)]`.
    pub in_tests: bool,
    /// How many inline `mod name { … }` enclose it.
    pub inline_modules: usize,
}

impl Token {
    pub fn is_name(&self, name: &str) -> bool {
        matches!(&self.word, Word::Name(found) if found == name)
    }

    pub fn is_mark(&self, mark: char) -> bool {
        self.word == Word::Mark(mark)
    }
}

/// Splits `source` into tokens.
pub fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let begun = at;
        let here = line;
        let word = match (chars[at], chars.get(at + 1)) {
            ('/', Some('/')) => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1;
                }
                None
            }
            ('/', Some('*')) => {
                at = end_of_block_comment(&chars, at);
                None
            }
            ('"', _) => Some(Word::Text(take_string(&chars, &mut at))),
            ('r' | 'b' | 'c', _) if literal_prefix(&chars, at).is_some() => {
                Some(Word::Text(take_prefixed(&chars, &mut at)))
            }
            ('\'', _) => {
                at = end_of_quote(&chars, at);
                None
            }
            (':', Some(':')) => {
                at += 2;
                Some(Word::Path)
            }
            (c, _) if c.is_alphabetic() || c == '_' => {
                while at < chars.len() && (chars[at].is_alphanumeric() || chars[at] == '_') {
                    at += 1;
                }
                Some(Word::Name(chars[begun..at].iter().collect()))
            }
            (c, _) => {
                at += 1;
                (!c.is_whitespace()).then_some(Word::Mark(c))
            }
        };
        line += chars[begun..at].iter().filter(|c| **c == '\n').count();
        if let Some(word) = word {
            found.push(Token { word, line: here, in_tests: false, inline_modules: 0 });
        }
    }
    mark_inline_modules(&mut found);
    mark_tests(&mut found);
    found
}

fn end_of_block_comment(chars: &[char], begun: usize) -> usize {
    let (mut at, mut depth) = (begun, 0);
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => {
                depth += 1;
                at += 2;
            }
            ('*', '/') => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    chars.len()
}

fn take_string(chars: &[char], at: &mut usize) -> String {
    let begun = *at + 1;
    *at = begun;
    while *at < chars.len() && chars[*at] != '"' {
        *at += if chars[*at] == '\\' { 2 } else { 1 };
    }
    let end = (*at).min(chars.len());
    *at = (end + 1).min(chars.len());
    chars[begun..end].iter().collect()
}

/// For `r"`, `r#"`, `b"`, `br#"`, `c"`, `b'`: length of the prefix and number of `#`.
fn literal_prefix(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let letters = chars[at..].iter().take(2).take_while(|c| matches!(c, 'r' | 'b' | 'c')).count();
    let raw = chars[at..at + letters].contains(&'r');
    let hashes = if raw { chars[at + letters..].iter().take_while(|c| **c == '#').count() } else { 0 };
    let quote = chars.get(at + letters + hashes)?;
    let byte = *quote == '\'' && letters == 1 && chars[at] == 'b';
    (*quote == '"' || byte).then_some((letters, hashes))
}

fn take_prefixed(chars: &[char], at: &mut usize) -> String {
    let Some((letters, hashes)) = literal_prefix(chars, *at) else { return String::new() };
    let raw = chars[*at..*at + letters].contains(&'r');
    *at += letters + hashes;
    if chars[*at] == '\'' {
        *at = end_of_quote(chars, *at);
        return String::new();
    }
    if !raw {
        return take_string(chars, at);
    }
    let begun = *at + 1;
    *at = begun;
    while *at < chars.len() {
        let closes =
            chars[*at] == '"' && chars[*at + 1..].iter().take_while(|c| **c == '#').count() >= hashes;
        if closes {
            let text = chars[begun..*at].iter().collect();
            *at += 1 + hashes;
            return text;
        }
        *at += 1;
    }
    chars[begun..].iter().collect()
}

/// Passes a character literal, or only the `'` of a lifetime.
fn end_of_quote(chars: &[char], begun: usize) -> usize {
    if chars.get(begun + 1) == Some(&'\\') {
        let mut at = begun + 3;
        while at < chars.len() && chars[at] != '\'' {
            at += 1;
        }
        at + 1
    } else if chars.get(begun + 2) == Some(&'\'') {
        begun + 3
    } else {
        begun + 1
    }
}

fn mark_inline_modules(found: &mut [Token]) {
    let mut open = Vec::new();
    for at in 0..found.len() {
        if found[at].is_mark('{') {
            let named =
                at >= 2 && matches!(found[at - 1].word, Word::Name(_)) && found[at - 2].is_name("mod");
            open.push(named);
        }
        found[at].inline_modules = open.iter().filter(|module| **module).count();
        if found[at].is_mark('}') {
            open.pop();
        }
    }
}

/// From `#[cfg(test)]` to the end of the item that follows it.
fn mark_tests(found: &mut [Token]) {
    let mut at = 0;
    while at + 5 < found.len() {
        let opens = found[at].is_mark('[')
            && found[at + 1].is_name("cfg")
            && found[at + 2].is_mark('(')
            && found[at + 3].is_name("test")
            && found[at + 4].is_mark(')');
        if !opens {
            at += 1;
            continue;
        }
        let mut depth = 0;
        let mut end = at + 5;
        while end < found.len() {
            if found[end].is_mark('{') {
                depth += 1;
            } else if found[end].is_mark('}') {
                depth -= 1;
            }
            let closed = depth == 0 && (found[end].is_mark('}') || found[end].is_mark(';'));
            end += 1;
            if closed {
                break;
            }
        }
        found[at..end].iter_mut().for_each(|token| token.in_tests = true);
        at = end;
    }
}
