//! The one integration binary: each module tests a room or a promise.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod folder;

mod alerts;
mod apart;
mod bad_input;
mod cli;
mod corpus;
mod crash;
mod damage;
mod export;
mod in_step;
mod ingest;
mod languages;
mod layers;
mod licences;
mod mutated;
mod readme;
mod watch;
