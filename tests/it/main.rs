//! The one integration binary: each module tests a room or a promise.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod layers;
mod licences;
