//! What comes out of a document store: text and packed bytes, read without Tantivy's own document.

use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer, ValueVisitor,
};

/// What a document has stored: its body, and bytes that are one of the rows of `stored`. Read without Tantivy's own
/// document, which panics on damaged bytes.
#[derive(Default)]
pub(super) struct Packed {
    pub(super) body: String,
    pub(super) row: Vec<u8>,
}

/// One stored value.
enum Kept {
    Body(String),
    Row(Vec<u8>),
}

impl ValueDeserialize for Kept {
    fn deserialize<'de, D: ValueDeserializer<'de>>(deserializer: D) -> Result<Kept, DeserializeError> {
        deserializer.deserialize_any(KeptVisitor)
    }
}

struct KeptVisitor;

impl ValueVisitor for KeptVisitor {
    type Value = Kept;

    fn visit_string(&self, body: String) -> Result<Kept, DeserializeError> {
        Ok(Kept::Body(body))
    }

    fn visit_bytes(&self, row: Vec<u8>) -> Result<Kept, DeserializeError> {
        Ok(Kept::Row(row))
    }
}

impl DocumentDeserialize for Packed {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut deserializer: D) -> Result<Packed, DeserializeError> {
        let mut packed = Packed::default();
        while let Some((_, kept)) = deserializer.next_field::<Kept>()? {
            match kept {
                Kept::Body(body) => packed.body = body,
                Kept::Row(row) => packed.row = row,
            }
        }
        Ok(packed)
    }
}
