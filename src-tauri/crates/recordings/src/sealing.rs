//! Puts plain recordings away encrypted, and never loses one: a plain file goes only when what lies beside it was decrypted
//! again and is the same, byte for byte. May be ended, even by a power cut, at any moment, and begun anew.

use std::{
    ffi::OsString,
    fs::{self, File, Metadata},
    io::{self, ErrorKind, Read, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use age::{Decryptor, Encryptor, Recipient, scrypt, secrecy::SecretString, x25519};
use zeroize::Zeroizing;

use crate::{
    buffer::{Buffer, Drain},
    filter::{
        Filter, FilterError, FilterFailure, Given, IDENTITY, Limits, Program, identity, ready_made, run,
    },
};

/// Bytes read at a time.
const PIECE: usize = 1 << 16;

/// How costly a pass phrase is to guess, as a power of two (scrypt's N; OWASP Password Storage Cheat Sheet: 2^17 with blocks
/// of eight, as age has them). The same on every computer, so that a folder takes no longer on a quick one.
const WORK: u8 = 17;

/// What is being written, so that nobody takes it for a recording.
const PART: &str = ".ringledger-part";

/// What recordings are encrypted with.
#[derive(Debug, Clone)]
pub enum Cipher {
    /// age, for these keys; at least one.
    AgeKeys(Vec<x25519::Recipient>),
    AgePassPhrase,
    /// GnuPG, with a pass phrase.
    Gpg,
}

/// The place in the list of a key that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no public key of age: those begin with age1.")]
pub struct RecipientError(pub String);

impl Cipher {
    /// For the holders of these public keys (`age1…`).
    pub fn for_keys(keys: &[String]) -> Result<Self, RecipientError> {
        let parse = |key: &String| key.trim().parse().map_err(|_| RecipientError(key.trim().to_owned()));
        Ok(Self::AgeKeys(keys.iter().map(parse).collect::<Result<_, _>>()?))
    }

    /// What is added to the name of a file.
    pub fn ending(&self) -> &'static str {
        match self {
            Self::AgeKeys(_) | Self::AgePassPhrase => "age",
            Self::Gpg => "gpg",
        }
    }
}

/// Encrypts and checks.
pub struct Sealer {
    cipher: Cipher,
    /// Decrypts what was made; where there are no keys it encrypts, too.
    secret: Zeroizing<String>,
    check: Filter,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealer {{ {} }}", self.cipher.ending())
    }
}

/// How far a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Something is on the disk under a name of its own.
    Begun,
    /// All of it is, for certain.
    Written,
    /// It has its name.
    InPlace,
    /// It was decrypted, and is what the plain file is. That goes next.
    Checked,
    /// There is the encrypted file alone.
    Removed,
}

/// A recording that was put away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub path: PathBuf,
    /// Bytes of the plain file.
    pub bytes: u64,
}

/// Why a recording is still plain.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    #[error("{0} could not be read or written: {1}.")]
    File(PathBuf, io::Error),
    #[error(transparent)]
    Cipher(#[from] FilterFailure),
    #[error("There is already another file at {0}.")]
    Exists(PathBuf),
    #[error("What was encrypted did not come out as it went in, so the plain file stays.")]
    Differs,
    #[error("The file was written to meanwhile, so it stays.")]
    Changed,
    #[error("It is no file of its own, but a link to one.")]
    Link,
    #[error("It was ended before this file was done.")]
    Stopped,
}

impl SealError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::File(..) => "file",
            Self::Cipher(failure) => failure.why.code(),
            Self::Exists(_) => "file-exists",
            Self::Differs => "seal-differs",
            Self::Changed => "recording-changed",
            Self::Link => "recording-link",
            Self::Stopped => "cancelled",
        }
    }
}

impl Sealer {
    /// `secret` is the pass phrase, or the key (`AGE-SECRET-KEY-1…`) of one of those it is encrypted for: without it nobody
    /// could check what was made.
    ///
    /// # Errors
    /// When the secret does not decrypt what is encrypted so.
    pub fn new(cipher: Cipher, secret: &str) -> Result<Self, FilterFailure> {
        if secret.is_empty() {
            return Err(FilterError::NoSecret.into());
        }
        let id = cipher.ending();
        let check = ready_made().into_iter().find(|filter| filter.id == id);
        let check = check.ok_or_else(|| FilterError::NoProgram(id.to_owned()))?;
        match &cipher {
            Cipher::AgeKeys(keys) => {
                let mut probe = Vec::new();
                let keys = keys.iter().map(|key| key as &dyn Recipient);
                by_age(keys, &mut &b"?"[..], &mut probe)
                    .map_err(|error| FilterError::Damaged(error.to_string()))?;
                let identity = identity(secret)?;
                let decryptor = Decryptor::new(&probe[..]).map_err(|_| FilterError::WrongSecret)?;
                let opened = decryptor.decrypt(std::iter::once(&*identity));
                opened.map_err(|_| FilterError::WrongSecret)?;
            }
            // Whoever wants this key for a pass phrase would never think of it when the file is to be opened.
            Cipher::AgePassPhrase if secret.trim().starts_with(IDENTITY) => {
                return Err(FilterError::WrongSecret.into());
            }
            Cipher::AgePassPhrase | Cipher::Gpg => {}
        }
        Ok(Self { cipher, secret: Zeroizing::new(secret.to_owned()), check })
    }

    /// The name that an encrypted file gets: the same with one more ending.
    pub fn target(&self, plain: &Path) -> PathBuf {
        let mut name = OsString::from(plain);
        name.push(".");
        name.push(self.cipher.ending());
        name.into()
    }

    /// Encrypts a file, checks it, and removes the plain one. `at` is told of each step and may end the work there: then the
    /// plain file is as it was. A file that an earlier, interrupted run made is checked and taken as it is; another file of
    /// that name is left alone.
    pub fn seal(
        &self,
        plain: &Path,
        at: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) -> Result<Sealed, SealError> {
        let told = |error| SealError::File(plain.to_owned(), error);
        let before = fs::symlink_metadata(plain).map_err(told)?;
        if !before.is_file() {
            return Err(SealError::Link);
        }
        let target = self.target(plain);
        let is_made = fs::symlink_metadata(&target).is_err();
        if is_made {
            self.make(plain, &before, &target, at)?;
        }
        if let Err(error) = self.checked(plain, &before, &target, is_made, at) {
            if is_made {
                // What this run made and nobody needs.
                let _ = fs::remove_file(&target);
            }
            return Err(error);
        }
        fs::remove_file(plain).map_err(told)?;
        sync_folder(plain);
        let _ = at(Step::Removed);
        Ok(Sealed { path: target, bytes: before.len() })
    }

    fn checked(
        &self,
        plain: &Path,
        before: &Metadata,
        target: &Path,
        is_made: bool,
        at: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) -> Result<(), SealError> {
        if is_made {
            go_on(at(Step::InPlace))?;
        }
        let another = || if is_made { SealError::Differs } else { SealError::Exists(target.to_owned()) };
        let decrypted = match self.check.decrypt(target, Some(&self.secret)) {
            Ok(decrypted) => decrypted,
            Err(failure) if is_made => return Err(failure.into()),
            Err(_) => return Err(another()),
        };
        let told = |error| SealError::File(plain.to_owned(), error);
        if !is_same(plain, decrypted.bytes).map_err(told)? {
            return Err(another());
        }
        if is_otherwise(before, &fs::symlink_metadata(plain).map_err(told)?) {
            return Err(SealError::Changed);
        }
        go_on(at(Step::Checked))
    }

    /// Writes the encrypted file and gives it its name, which nobody else has.
    fn make(
        &self,
        plain: &Path,
        before: &Metadata,
        target: &Path,
        at: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) -> Result<(), SealError> {
        let mut part = OsString::from(target);
        part.push(PART);
        let part = PathBuf::from(part);
        // Left by a run that was interrupted.
        let _ = fs::remove_file(&part);
        let written = self.write(plain, before, &part, at).and_then(|()| {
            let named = name_it(&part, target);
            named.map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => SealError::Exists(target.to_owned()),
                _ => SealError::File(target.to_owned(), error),
            })
        });
        if written.is_err() {
            let _ = fs::remove_file(&part);
        }
        sync_folder(target);
        written
    }

    fn write(
        &self,
        plain: &Path,
        before: &Metadata,
        part: &Path,
        at: &mut dyn FnMut(Step) -> ControlFlow<()>,
    ) -> Result<(), SealError> {
        let told = |error| SealError::File(part.to_owned(), error);
        let mut file = File::options().write(true).create_new(true).open(part).map_err(told)?;
        go_on(at(Step::Begun))?;
        let source = || File::open(plain).map_err(|error| SealError::File(plain.to_owned(), error));
        match &self.cipher {
            Cipher::AgeKeys(keys) => {
                let keys = keys.iter().map(|key| key as &dyn Recipient);
                by_age(keys, &mut source()?, &mut file).map_err(told)?;
            }
            Cipher::AgePassPhrase => {
                let secret = SecretString::from(self.secret.to_string());
                let mut phrase = scrypt::Recipient::new(secret);
                phrase.set_work_factor(WORK);
                let keys = std::iter::once(&phrase as &dyn Recipient);
                by_age(keys, &mut source()?, &mut file).map_err(told)?;
            }
            Cipher::Gpg => {
                let (bytes, _) = run(&gpg(), plain, Some(&self.secret), Limits::default(), &|| true)?;
                for part in bytes.parts(0..bytes.len()) {
                    file.write_all(part).map_err(told)?;
                }
            }
        }
        file.set_permissions(before.permissions()).map_err(told)?;
        // As old as the recording: lists and rules go by it.
        before.modified().and_then(|modified| file.set_modified(modified)).map_err(told)?;
        file.sync_all().map_err(told)?;
        go_on(at(Step::Written))
    }
}

fn by_age<'a>(
    keys: impl Iterator<Item = &'a dyn Recipient>,
    from: &mut dyn Read,
    to: &mut dyn Write,
) -> io::Result<()> {
    let encryptor = Encryptor::with_recipients(keys).map_err(io::Error::other)?;
    let mut writer = encryptor.wrap_output(to)?;
    let mut piece = Zeroizing::new(vec![0; PIECE]);
    loop {
        match from.read(&mut piece)? {
            0 => break,
            read => writer.write_all(&piece[..read])?,
        }
    }
    writer.finish().map(|_| ())
}

fn gpg() -> Program {
    let arguments = [
        "--batch",
        "--no-tty",
        "--quiet",
        "--pinentry-mode",
        "loopback",
        "--passphrase-fd",
        "0",
        "--symmetric",
        "--cipher-algo",
        "AES256",
        "--output",
        "-",
        "--",
        "{file}",
    ];
    Program {
        program: "gpg".to_owned(),
        arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
        given: Given::PassPhrase,
    }
}

fn go_on(flow: ControlFlow<()>) -> Result<(), SealError> {
    if flow.is_break() { Err(SealError::Stopped) } else { Ok(()) }
}

fn is_same(plain: &Path, bytes: Buffer) -> io::Result<bool> {
    let mut file = File::open(plain)?;
    let mut piece = Zeroizing::new(vec![0; PIECE]);
    let mut other = Zeroizing::new(vec![0; PIECE]);
    let all = 0..bytes.len();
    let mut bytes = Drain::new(bytes, all);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(bytes.fill(&mut other) == 0);
        }
        let filled = bytes.fill(&mut other[..read]);
        if other[..filled] != piece[..read] {
            return Ok(false);
        }
    }
}

fn is_otherwise(before: &Metadata, now: &Metadata) -> bool {
    before.len() != now.len() || before.modified().ok() != now.modified().ok()
}

/// Gives a file a name that no other file has: never in the place of one.
fn name_it(part: &Path, target: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, part, CWD, target, RenameFlags::NOREPLACE) {
            // Systems of files that cannot: some on the network.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            result => return result.map_err(io::Error::from),
        }
    }
    match fs::hard_link(part, target) {
        Ok(()) => fs::remove_file(part),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // Neither this nor that: looking first is all that is left.
        Err(_) if fs::symlink_metadata(target).is_ok() => Err(ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(part, target),
    }
}

/// A name that is on the disk outlasts a power cut. Not every system of files can do that, and none is worse off without.
fn sync_folder(file: &Path) {
    if let Some(folder) = file.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
