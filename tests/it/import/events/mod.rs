//! Records of calls, channel events and the log of the queues of one exchange: one truth, whichever comes first.

mod laws;
mod office;
mod sample;
mod unseen;
