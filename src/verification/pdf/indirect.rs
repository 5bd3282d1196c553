//! An indirect object as it stands in a file: `N G obj … endobj` (ISO 32000-2, 7.3.10).

use std::ops::Range;

use crate::pdf::object::{Id, Object, Stream, StreamData};
use crate::pdf::syntax::{NotSyntax, Parser};
use crate::pdf::xref::{end_of_object, stream_span};

/// What was read.
pub(crate) struct Indirect {
    pub object: Object,
    /// Behind `endobj`.
    pub end: usize,
    /// How many values it consists of.
    pub values: usize,
}

impl Indirect {
    /// Reads the object `id` at `offset`. `length` says what /Length of a stream means.
    pub fn read(
        file: &[u8],
        offset: usize,
        id: Id,
        length: impl FnOnce(&Object) -> Option<i64>,
    ) -> Result<Self, NotSyntax> {
        let mut parser = Parser::at(file, offset);
        if parser.object_header()? != id {
            return Err(NotSyntax { at: offset });
        }
        let value = parser.value(0)?;
        parser.blanks();
        let mut ahead = parser.clone();
        let object = match value {
            Object::Dictionary(dictionary) if ahead.keyword("stream").is_ok() => {
                let length = dictionary.get("Length").and_then(length);
                let length = length.and_then(|length| usize::try_from(length).ok());
                let span = stream_span(&mut parser, length.ok_or(NotSyntax { at: offset })?)?;
                let data = StreamData { first: span.clone(), span };
                Object::Stream(Box::new(Stream { dictionary, data }))
            }
            other => other,
        };
        end_of_object(&mut parser)?;
        Ok(Self { object, end: parser.at, values: parser.values })
    }

    /// A stream's octets may have stood before as this object.
    pub fn with_first_place(mut self, first_place: impl FnOnce(&Range<usize>) -> Range<usize>) -> Self {
        if let Object::Stream(stream) = &mut self.object {
            stream.data.first = first_place(&stream.data.span);
        }
        self
    }
}
