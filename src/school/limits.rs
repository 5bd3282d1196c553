//! Named limits of every size, wait and count; units last.

/// Largest export that the inbox takes.
pub const EXPORT_SIZE_BYTES: u64 = 16 * 1024 * 1024;
/// Deepest nesting of JSON in an export.
pub const EXPORT_DEPTH: usize = 32;
/// Most values in an export; a class of 100 pupils and 40 subjects has about 100,000.
pub const EXPORT_VALUES: usize = 1_000_000;
/// Most problems of an export that are listed one by one.
pub const EXPORT_PROBLEMS: usize = 500;
/// Most pupils in one class.
pub const PUPILS_PER_CLASS: usize = 100;
/// Most subjects in one class.
pub const SUBJECTS_PER_CLASS: usize = 40;
/// Longest name of a person, subject or school, in characters.
pub const NAME_CHARACTERS: usize = 100;
/// Longest remark, in characters.
pub const REMARK_CHARACTERS: usize = 600;
/// Largest PDF that is read or judged.
pub const PDF_SIZE_BYTES: u64 = 128 * 1024 * 1024;
/// Largest result of decompressing one stream of a PDF under judgement.
pub const PDF_STREAM_SIZE_BYTES: usize = 64 * 1024 * 1024;
/// Most objects in a PDF under judgement.
pub const PDF_OBJECTS: usize = 1_000_000;
/// Most revisions in a PDF under judgement.
pub const PDF_REVISIONS: usize = 1_000;
/// Deepest nesting of PDF objects.
pub const PDF_DEPTH: usize = 100;
/// Largest frame header between core and worker.
pub const FRAME_HEADER_SIZE_BYTES: u32 = 16 * 1024 * 1024;
/// Largest binary part of a frame.
pub const FRAME_PART_SIZE_BYTES: u64 = 256 * 1024 * 1024;
/// How long the reader worker may take for one file.
pub const READER_WAIT_MS: u64 = 10_000;
/// How long one PKCS#11 call may take before the worker is given up.
pub const TOKEN_WAIT_MS: u64 = 60_000;
/// How long a TSA, OCSP responder or CRL distribution point may take.
pub const NETWORK_WAIT_MS: u64 = 30_000;
/// Largest answer of a TSA, OCSP responder or CRL distribution point.
pub const NETWORK_ANSWER_SIZE_BYTES: u64 = 32 * 1024 * 1024;
