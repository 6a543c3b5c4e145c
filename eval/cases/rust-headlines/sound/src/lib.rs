//! Headlines, made shorter or made into addresses.

pub mod shorten;
pub mod slug;
