//! Encrypted recordings: which they are, and the programs that decrypt them into memory.
//!
//! A filter never sees a shell, never gets a pass phrase in its arguments or its environment, and leaves nothing on the
//! disk. What it gave counts only once it has ended well.
//!
//! A filter that is stopped is ended with its group, and on Linux with whatever it started elsewhere (`leftovers`). A program
//! that it started under another user, or without the environment that it was given, is out of reach.

mod age;
mod encrypted;
mod error;
mod leftovers;
mod program;
mod ready_made;

use std::{path::Path, time::Duration};

pub(crate) use age::{IDENTITY, identity};
pub(crate) use encrypted::ENDINGS as ENCRYPTED_ENDINGS;
pub use encrypted::{Encryption, LOOKED_AT, Plainness, encryption, plainness};
pub use error::{FilterError, FilterFailure};
pub(crate) use program::run;
pub use ready_made::ready_made;

use crate::buffer::Buffer;

/// How files of one kind are decrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Stable: what settings and the listening log name it by.
    pub id: String,
    pub label: String,
    pub way: Way,
    /// Endings of the files it is for, without the dot, lower case.
    pub endings: Vec<String>,
    /// It notices when a file was changed after it was encrypted.
    pub notices_tampering: bool,
    pub limits: Limits,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Built in: works with nothing installed. The secret is a pass phrase or an identity (`AGE-SECRET-KEY-1…`).
    Age,
    Program(Program),
}

/// A program and what it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// A name that is looked for in the search path, or an absolute path.
    pub program: String,
    /// `{file}` stands for the absolute path of the file, as an argument of its own.
    pub arguments: Vec<String>,
    pub given: Given,
}

/// What a program reads from its standard input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    Nothing,
    /// The encrypted file; the program needs no pass phrase from us.
    File,
    /// The pass phrase and a line end; the file is named in the arguments.
    PassPhrase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a filter may take for any file, and besides for each megabyte of it.
    pub time: Duration,
    pub time_per_megabyte: Duration,
    /// Bytes it may give.
    pub output: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(30), time_per_megabyte: Duration::from_secs(2), output: 1 << 30 }
    }
}

/// What a filter gave.
pub struct Decrypted {
    pub bytes: Buffer,
    /// What the program said to the administrator, cut at 64 KB. Never shown to others, never logged.
    pub said: String,
    pub took: Duration,
}

impl std::fmt::Debug for Decrypted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Decrypted {{ {} bytes in {:?} }}", self.bytes.len(), self.took)
    }
}

impl Filter {
    /// Decrypts a file into memory. Blocks until the filter has ended; nothing it started is running afterwards.
    ///
    /// # Errors
    /// A sentence for whoever clicked. What came out before a failure is thrown away: it may have been forged.
    pub fn decrypt(&self, file: &Path, secret: Option<&str>) -> Result<Decrypted, FilterFailure> {
        self.decrypt_while(file, secret, &|| true)
    }

    /// The same, and ends soon after somebody does not want it any more: `wanted` is asked every now and then.
    ///
    /// # Errors
    /// Besides: [`FilterError::Cancelled`].
    pub fn decrypt_while(
        &self,
        file: &Path,
        secret: Option<&str>,
        wanted: &dyn Fn() -> bool,
    ) -> Result<Decrypted, FilterFailure> {
        let began = std::time::Instant::now();
        let (bytes, said) = match &self.way {
            Way::Age => (age::decrypt(file, secret, self.limits.output, wanted)?, String::new()),
            Way::Program(program) => run(program, file, secret, self.limits, wanted)?,
        };
        Ok(Decrypted { bytes, said, took: began.elapsed() })
    }

    /// The name that the sound inside has: without the ending that this filter takes off.
    pub fn inner_name<'a>(&self, name: &'a str) -> &'a str {
        let Some((inner, ending)) = name.rsplit_once('.') else { return name };
        let own = self.endings.iter().any(|known| known.eq_ignore_ascii_case(ending));
        if own { inner } else { name }
    }
}
