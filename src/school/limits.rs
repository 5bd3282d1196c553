//! Named limits of every size, wait and count; units last.

/// Largest export that the inbox takes.
pub const EXPORT_SIZE_BYTES: u64 = 16 * 1024 * 1024;
/// Most files that one scan of the inbox reads into memory; the next scan goes on.
pub const INBOX_FILES_AT_ONCE: usize = 8;
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
/// Most entries of a zipped workbook.
pub const ARCHIVE_ENTRIES: usize = 400;
/// Largest entry of a zipped workbook, unpacked.
pub const ARCHIVE_ENTRY_SIZE_BYTES: u64 = 24 * 1024 * 1024;
/// All entries of a zipped workbook, unpacked.
pub const ARCHIVE_SIZE_BYTES: u64 = 48 * 1024 * 1024;
/// How many times its packed size an entry above 1 MiB may be.
pub const ARCHIVE_RATIO: u64 = 200;
/// Deepest nesting of XML in a workbook.
pub const XML_DEPTH: usize = 64;
/// Most cells of a spreadsheet that hold something; a class book of 60 pupils and 20 subjects has 40,000.
pub const SPREADSHEET_CELLS: usize = 120_000;
/// Largest rectangles that all sheets of an old workbook may span together.
pub const SHEET_AREA: usize = 2_000_000;
/// Rows of a sheet in which something may stand.
pub const SHEET_ROWS: u32 = 6_000;
/// Columns of a sheet in which something may stand.
pub const SHEET_COLUMNS: u32 = 1_024;
/// Longest text of a cell, in characters: what Excel allows.
pub const CELL_CHARACTERS: usize = 32_767;
/// Longest text of a cell, in bytes.
pub const CELL_SIZE_BYTES: usize = 4 * CELL_CHARACTERS;
/// Longest text in which an anchor of a layout is looked for, in characters.
pub const ANCHOR_CHARACTERS: usize = 160;
/// Most regular assessments of a term.
pub const TX_PER_TERM: usize = 5;
/// Most files that one class is put together from.
pub const PARTS_PER_CLASS: usize = 200;
/// Most layouts that are tried on one file.
pub const LAYOUTS: usize = 100;
/// Most statements that one file makes about its pupils.
pub const STATEMENTS: usize = 200_000;
/// Longest list inside one pupil's particulars: months of attendance, earlier years, phân môn.
pub const PARTICULARS: usize = 24;
/// Most witnesses of a correction who sign on paper.
pub const PAPER_WITNESSES: usize = 4;
/// Largest file from which the scan of a signature or stamp is read.
pub const SCAN_FILE_SIZE_BYTES: usize = 512 * 1024;
/// Shortest side of a scan, in pixels.
pub const SCAN_SIDE_LEAST_PIXELS: u16 = 16;
/// Longest side of a scan, in pixels: a stamp at 600 dots per inch.
pub const SCAN_SIDE_PIXELS: u16 = 1_000;
/// Most bytes that a scan may take in each document, compressed.
pub const SCAN_PACKED_SIZE_BYTES: usize = 96 * 1024;
/// Narrowest signature or stamp on paper, in millimetres.
pub const SCAN_WIDTH_LEAST_MM: u16 = 15;
/// Widest, and highest: no stamp of a Vietnamese office is larger.
pub const SCAN_WIDTH_MM: u16 = 50;
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
/// Largest scan of a signature on paper.
pub const PAPER_SIGNATURE_SIZE_BYTES: usize = 4 * 1024 * 1024;
/// How long the reader worker may take for one file.
pub const READER_WAIT_MS: u64 = 10_000;
/// Largest stored file that is read as a whole; images are streamed.
pub const STORED_FILE_SIZE_BYTES: u64 = 256 * 1024 * 1024;
/// How long the ISO program may take for one image.
pub const IMAGE_WAIT_MS: u64 = 15 * 60 * 1000;
/// How much of what a failing program said is kept, from its end.
pub const PROGRAM_WORDS_SIZE_BYTES: usize = 4 * 1024;
/// How long one PKCS#11 call may take before the worker is given up.
pub const TOKEN_WAIT_MS: u64 = 60_000;
/// Most documents that wait before one token at the same time, journaled and prepared.
pub const SIGNING_AHEAD: usize = 64;
/// Most documents that are prepared and journaled together: a token with none before it waits for all of them.
pub const SIGNING_GROUP: usize = 8;
/// For how long a token has documents before it: a slow one has two, a quick one as many as it signs in this
/// time.
pub const SIGNING_AHEAD_MS: u64 = 100;
/// How far the clock may stand behind the last entry of the register: time services take back a step of seconds.
pub const CLOCK_BACK_SECONDS: i64 = 120;
/// How far the clock may be from what was expected before it has to be confirmed.
pub const CLOCK_JUMP_SECONDS: i64 = 24 * 3600;
/// How close the clock has to be to what a witness says.
pub const CLOCK_AGREES_SECONDS: i64 = 300;
/// How soon after a failed try a timestamp authority is asked again for the time.
pub const CLOCK_ASK_AGAIN_SECONDS: u64 = 60;
/// How old the last word of the machine's time service may be; it asks at least every 35 minutes.
pub const CLOCK_SERVICE_AGE_SECONDS: u64 = 3600;
/// How long a judgement of a revision counts as made right before it is signed over.
pub const JUDGED_FOR_SECONDS: u64 = 600;
/// How old the answer about a signer's certificate may be in a long sitting before it is asked for again.
pub const STANDING_AGE_SECONDS: i64 = 600;
/// Most people who sign at the same time, each at a reader of their own.
pub const SEATS_AT_ONCE: usize = 8;
/// Most documents of people to come that the readers have before them.
pub const READING_AHEAD: usize = 4;
/// Readers that judge what a batch signs, beside each other.
pub const BATCH_READERS: usize = 2;
/// How often one timestamp is asked for before its authority counts as away.
pub const TIMESTAMP_TRIES: u32 = 3;
/// How long it takes until the second try, doubled for each further one.
pub const TIMESTAMP_TRY_AGAIN_MS: u64 = 250;
/// How long an authority that is away is left alone, doubled each time.
pub const TIMESTAMP_PAUSE_S: i64 = 60;
/// The longest that it is left alone.
pub const TIMESTAMP_PAUSE_MOST_S: i64 = 30 * 60;
/// The shortest deadline for a PKCS#11 call that can be configured: a slow card signs in seconds.
pub const TOKEN_WAIT_SHORTEST_MS: u64 = 5_000;
/// How long a person may take at a token's own PIN pad.
pub const PIN_PAD_WAIT_MS: u64 = 120_000;
/// How often a module is asked which tokens are plugged in: twice in the two seconds that a person may wait.
pub const TOKEN_GLANCE_EVERY_MS: u64 = 800;
/// How long a look at the tokens of a module may take: nobody types meanwhile.
pub const TOKEN_GLANCE_WAIT_MS: u64 = 10_000;
/// Longest pause before a module that failed is tried again.
pub const TOKEN_RETRY_WAIT_MS: u64 = 60_000;
/// How long a green rehearsal counts before a round.
pub const REHEARSAL_VALID_DAYS: i64 = 30;
/// Longest name of a reader, in bytes: what CK_SLOT_INFO holds.
pub const READER_NAME_SIZE_BYTES: usize = 64;
/// How long the media worker may say nothing: a drive that closes a disc, a stick that empties its caches.
pub const MEDIA_WAIT_MS: u64 = 10 * 60 * 1000;
/// How often the media worker says how far it is.
pub const MEDIA_PROGRESS_MS: u64 = 250;
/// Most names that a refusal of the media worker lists.
pub const MEDIA_NAMES: usize = 20;
/// Most files on one copy.
pub const MEDIA_FILES: usize = 400_000;
/// Largest seal statement that is read to see whose medium lies there.
pub const MEDIA_STATEMENT_SIZE_BYTES: u64 = 4 * 1024;
/// Most writings of a dedicated disk: one or a few a year.
pub const MEDIA_WRITINGS: u32 = 9_999;
/// How long a program that looks at a device, or prepares a stick, may take.
pub const MEDIA_PROGRAM_WAIT_MS: u64 = 120_000;
/// Longest PIN that is handed to a token.
pub const PIN_SIZE_BYTES: usize = 256;
/// Longest signature value that a token may give: RSA of 8192 bits.
pub const SIGNATURE_SIZE_BYTES: usize = 1024;
/// Largest PDF that is signed on its own.
pub const SINGLE_SIZE_BYTES: u64 = 100 * 1024 * 1024;
/// Most room for a CMS in one signature.
pub const SIGNATURE_ROOM_BYTES: usize = 64 * 1024;
/// How long a worker may take to leave by itself when its core is done with it.
pub const WORKER_LEAVE_WAIT_MS: u64 = 1_000;
/// Longest side of a page that is drawn for a report, in pixels: A4 at 86 dpi, good to read.
pub const PICTURE_SIDE_PIXELS: u16 = 1_000;
/// Most pages of one file that are drawn before and after a change.
pub const PICTURES_PER_FILE: usize = 6;
/// Most pages that are drawn for one report; the others are named in words.
pub const PICTURES_PER_REPORT: usize = 40;
/// Address space of the reader worker.
pub const READER_MEMORY_BYTES: u64 = 512 * 1024 * 1024;
/// Most files that the reader worker has open: two for each level of a folder, and some.
pub const READER_OPEN_FILES: u64 = 64;
/// Most files in a folder under judgement.
pub const FOLDER_FILES: usize = 200_000;
/// Deepest nesting of a folder under judgement.
pub const FOLDER_DEPTH: usize = 16;
/// How long a TSA, OCSP responder or CRL distribution point may take.
pub const NETWORK_WAIT_MS: u64 = 30_000;
/// How long the first word of one of them may take: to find its address, to connect, to begin the answer, each.
pub const NETWORK_SILENCE_MS: u64 = 8_000;
/// How often one that said nothing is tried beside those who wait, whether it answers again.
pub const NETWORK_SILENT_FOR_MS: u64 = 60_000;
/// After so many of these tries it is asked its question again, whatever came of them.
pub const NETWORK_SILENT_TRIES: u32 = 30;
/// Most addresses that one inspection asks for revocation data.
pub const FETCH_ADDRESSES: usize = 100;
/// How long one inspection goes on asking; the answer under way is waited for.
pub const FETCH_WAIT_MS: u64 = 120_000;
/// Largest answer of a TSA, OCSP responder or CRL distribution point.
pub const NETWORK_ANSWER_SIZE_BYTES: u64 = 32 * 1024 * 1024;
/// Most dossiers in one deposit: its plan names them all in one line of the register.
pub const DEPOSIT_DOSSIERS: usize = 1_000;
/// Most files and folders in a deposit or on a medium.
pub const DEPOSIT_FILES: usize = 200_000;
/// Largest manifest of a deposit.
pub const MANIFEST_SIZE_BYTES: u64 = 64 * 1024 * 1024;
/// Largest paper of a deposit that is read whole: tag file, statement, signature, roster, plans.
pub const DEPOSIT_PAPER_SIZE_BYTES: u64 = 4 * 1024 * 1024;
/// Most files with revocation data in a deposit.
pub const DEPOSIT_REVOCATION_FILES: usize = 256;
/// Most acts of a deposit that are read.
pub const DEPOSIT_ACTS: usize = 200;
/// How old revocation data of the signers of acts may be before they are asked for again.
pub const ACT_REVOCATION_AGE_SECONDS: i64 = 600;
/// Largest copy of the register.
pub const REGISTER_SIZE_BYTES: u64 = 256 * 1024 * 1024;
/// Largest copy of a register that is compared or proven from: some millions of entries.
pub const REGISTER_COPY_SIZE_BYTES: u64 = 2 * 1024 * 1024 * 1024;
/// Most documents that an entry names of those that a refused visit was for.
pub const REFUSED_NAMED: usize = 100;
/// Longest line of the register.
pub const REGISTER_LINE_SIZE_BYTES: usize = 64 * 1024;
/// Most problems that one report lists.
pub const PROBLEMS: usize = 1_000;
/// Longest place named by a problem, in characters.
pub const PROBLEM_PLACE_CHARACTERS: usize = 200;
/// Deepest nesting of folders on an image.
pub const IMAGE_DEPTH: usize = 16;
/// Largest directory on an image.
pub const IMAGE_DIRECTORY_SIZE_BYTES: u64 = 32 * 1024 * 1024;
/// Room kept on a medium for what lies beside deposits and register: pages, seal, anchors, revocation data.
pub const MEDIUM_PAGES_SIZE_BYTES: u64 = 8 * 1024 * 1024;
/// Longest name of an account, in characters.
pub const ACCOUNT_NAME_CHARACTERS: usize = 40;
/// Shortest password of an account, in characters.
pub const PASSWORD_SHORTEST_CHARACTERS: usize = 10;
/// Longest password of an account, in bytes.
pub const PASSWORD_SIZE_BYTES: usize = 256;
/// Passwords that are hashed at the same time: each takes 19 MiB.
pub const PASSWORDS_AT_ONCE: usize = 2;
/// Failed sign-ins after which an account or an address waits.
pub const SIGN_IN_FAILURES: u32 = 5;
/// How long it waits then; doubled with each further failure, up to an hour.
pub const SIGN_IN_WAIT_S: u64 = 30;
/// The longest of these waits.
pub const SIGN_IN_WAIT_MOST_S: u64 = 3_600;
/// Accounts and addresses whose failures are remembered.
pub const SIGN_IN_REMEMBERED: usize = 4_096;
/// After how long without a request a session ends.
pub const SESSION_IDLE_S: u64 = 30 * 60;
/// The longest that a session lasts.
pub const SESSION_LONGEST_S: u64 = 12 * 60 * 60;
/// Most sessions at the same time.
pub const SESSIONS: usize = 1_000;
/// How long a printed one-time slip can be used.
pub const SLIP_VALID_DAYS: i64 = 14;
/// For so long a page and the document in its frame are one look at a pupil's data.
pub const ONE_LOOK_S: i64 = 60;
/// For so long sign-ins that failed are counted in one line, where all else of them is the same.
pub const FAILED_SIGN_INS_TOGETHER_S: i64 = 60 * 60;
/// Lines about failed sign-ins within that time; whatever comes after them is counted in one.
pub const FAILED_SIGN_IN_LINES: i64 = 20;
/// So many of the latest accesses are gone through for either.
pub const ACCESSES_LOOKED_BACK: i64 = 1_000;
/// Connections to the pages at the same time.
pub const CONNECTIONS: usize = 512;
/// Connections of one address at the same time.
pub const CONNECTIONS_PER_ADDRESS: usize = 64;
/// How long the header of a request, or a TLS handshake, may take.
pub const REQUEST_HEAD_WAIT_MS: u64 = 10_000;
/// How long a request may take until its answer begins, its body included.
pub const REQUEST_WAIT_MS: u64 = 60_000;
/// How long an upload of files to be checked may take.
pub const UPLOAD_WAIT_MS: u64 = 10 * 60 * 1_000;
/// Largest body of a form.
pub const FORM_SIZE_BYTES: usize = 256 * 1024;
/// Largest upload of files to be checked, all together.
pub const UPLOAD_SIZE_BYTES: usize = 512 * 1024 * 1024;
/// Most files of one upload.
pub const UPLOAD_FILES: usize = 2_000;
/// Uploads that are judged at the same time.
pub const UPLOADS_AT_ONCE: usize = 2;
/// Results of checks that are kept to be looked at.
pub const CHECKS_KEPT: usize = 50;
/// Orders of pages that wait for the clerk.
pub const ORDERS: usize = 64;
/// How long a page waits for the clerk.
pub const ORDER_WAIT_MS: u64 = 55_000;
/// Commands on the control socket at the same time.
pub const CONTROLS_AT_ONCE: usize = 8;
/// How long either side of the control socket waits for the other: a person types a PIN meanwhile.
pub const CONTROL_WAIT_MS: u64 = 600_000;
/// How often a page that follows a sitting is told how far it is.
pub const PROGRESS_EVERY_MS: u64 = 400;
/// Gradebooks that pages keep in memory.
pub const GRADEBOOKS_KEPT: usize = 64;
/// Longest reason that is typed into a page, in characters.
pub const REASON_CHARACTERS: usize = 1_000;
/// Refused sign-ins that are shown again, each with a name.
pub const SIGN_INS_KEPT: usize = 200;
/// Refused tables that are shown again, each as large as a form.
pub const TABLES_KEPT: usize = 8;
/// Visits whose results are kept to be looked at.
pub const VISITS_KEPT: usize = 200;
/// Most rows of one list on a page.
pub const ROWS_SHOWN: usize = 500;
/// How old the pages' own certificate becomes, in days.
pub const PAGES_CERTIFICATE_DAYS: u32 = 825;
/// How old the school's CA of the pages becomes, in days.
pub const PAGES_AUTHORITY_DAYS: u32 = 3_650;
/// With less room than this left the server is not well: a year is packed beside the files that it is packed from.
pub const ROOM_LEAST_BYTES: u64 = 2 * 1024 * 1024 * 1024;
