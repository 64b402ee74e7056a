//! Bytes for people and programs.

pub mod inspect;
