//! The one integration binary: each module tests a room or a promise.
