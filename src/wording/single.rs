//! What is said while single files are signed.

/// Asks for the PIN at a terminal.
pub fn ask_pin(label: &str, files: usize) -> String {
    format!("Mã PIN của USB token “{label}” để ký {files} tệp (không hiện khi gõ) / PIN of the token:")
}

/// How far it is.
pub fn progress(file: usize, of: usize) -> String {
    format!("Đang ký tệp {file}/{of}. Vui lòng đừng rút USB token. / Signing; do not pull the token.")
}

/// A file is signed, with the level that the judge finds in it.
pub fn signed(out: &str, level: &str) -> String {
    format!("{out}\t{level}")
}

/// The command that adds to a signed file what it lacks.
pub fn extend_later(out: &str, level: &str, tsa: Option<&str>) -> String {
    let (level, tsa) = (level.to_lowercase(), tsa.unwrap_or("URL"));
    format!(
        "Lệnh bổ sung sau, không cần USB token / To add it later, without a token:\n  \
         niemphong sign --extend --level {level} --tsa {tsa} --out-dir DIR \"{out}\""
    )
}
