//! Software tokens of SoftHSM, filled as a vendor fills the tokens it sells: key made inside, certificate
//! written beside it. The product itself never initialises a token.

use std::fs;
use std::path::{Path, PathBuf};

#[cfg(test)]
use openssl::pkey::Private;
use openssl::pkey::{PKey, PKeyRef, Public};
use openssl::x509::X509;

use super::DemoFault;
use super::program::{PKCS11_TOOL, SOFTHSM2_UTIL};
use super::stored;

/// Where Debian and its relatives put the module.
const MODULE_PLACES: [&str; 5] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
];
/// The security officer's PIN of every sample token; used once, for initialising.
const SO_PIN: &str = "10293847";
/// The usual key.
const RSA_2048: TokenKey<'static> = TokenKey::MadeInside("rsa:2048");
/// `CKA_ID` of key and certificate.
const KEY_ID: &str = "01";
/// pkcs11-tool reads the PIN from here, so that it does not stand in the list of processes.
const PIN_VARIABLE: &str = "NIEMPHONG_SAMPLE_PIN";

/// Where the key of a token comes from.
#[derive(Clone, Copy)]
pub enum TokenKey<'k> {
    /// The token makes it: a type as pkcs11-tool names it.
    MadeInside(&'k str),
    /// It is brought: what pkcs11-tool cannot have made or read back, and keys that no sound token makes.
    #[cfg(test)]
    Brought(&'k PKeyRef<Private>),
}

/// The module, its configuration and the folder with all tokens.
#[derive(Debug, Clone)]
pub struct Tokens {
    module: PathBuf,
    configuration: PathBuf,
    store: PathBuf,
}

impl Tokens {
    /// Opens the tokens kept in this folder, which may still hold none.
    ///
    /// SoftHSM wants an absolute path in its configuration, so that is written anew wherever the folder is now.
    pub(super) fn open(folder: &Path) -> Result<Self, DemoFault> {
        let module = module()?;
        stored::private_folder(folder)?;
        let folder = folder.canonicalize().map_err(DemoFault::file(folder))?;
        let store = folder.join("store");
        let configuration = configure(&folder, &store)?;
        Ok(Self { module, configuration, store })
    }

    /// Path of the PKCS#11 module.
    pub fn module(&self) -> &Path {
        &self.module
    }

    /// What the environment variable `SOFTHSM2_CONF` must say in every process that loads the module.
    pub fn configuration(&self) -> &Path {
        &self.configuration
    }

    /// Errors: [`DemoFault::Damaged`] when fewer tokens are there than were made.
    pub(super) fn at_least(&self, tokens: usize) -> Result<(), DemoFault> {
        let found = fs::read_dir(&self.store).map_err(DemoFault::file(&self.store))?.count();
        if found < tokens { Err(DemoFault::damaged(&self.store)) } else { Ok(()) }
    }

    /// Makes a token with an RSA-2048 key and the certificate that `issue` makes for it.
    ///
    /// The token appears among the others in one step, complete; several may be made at the same time.
    pub(super) fn make(
        &self,
        label: &str,
        pin: &str,
        issue: impl FnOnce(&PKeyRef<Public>) -> Result<X509, DemoFault>,
    ) -> Result<X509, DemoFault> {
        self.make_with(RSA_2048, label, pin, issue)
    }

    /// As [`Self::make`], with this key.
    pub(super) fn make_with(
        &self,
        key: TokenKey<'_>,
        label: &str,
        pin: &str,
        issue: impl FnOnce(&PKeyRef<Public>) -> Result<X509, DemoFault>,
    ) -> Result<X509, DemoFault> {
        // A bench of its own: SoftHSM would show tokens that others are just making.
        let bench = self.store.with_file_name(format!("bench-{label}"));
        let store = bench.join("store");
        remove_if_there(&bench)?;
        stored::private_folder(&bench)?;
        let bench_tokens = Self {
            module: self.module.clone(),
            configuration: configure(&bench, &store)?,
            store: store.clone(),
        };
        let certificate = bench_tokens.fill(&bench, (key, label, pin), issue)?;
        for token in fs::read_dir(&store).map_err(DemoFault::file(&store))? {
            let token = token.map_err(DemoFault::file(&store))?;
            fs::rename(token.path(), self.store.join(token.file_name()))
                .map_err(DemoFault::file(&token.path()))?;
        }
        remove_if_there(&bench)?;
        Ok(certificate)
    }

    /// Writes the certificate of an authority beside a person's, as some vendors do.
    #[cfg(test)]
    pub fn add_authority(&self, label: &str, pin: &str, der: &Path) -> Result<(), DemoFault> {
        let written = PKCS11_TOOL.run(b"", |command| {
            command.arg("--module").arg(&self.module).env("SOFTHSM2_CONF", &self.configuration);
            command.args(["--token-label", label, "--login", "--pin", &format!("env:{PIN_VARIABLE}")]);
            command.args(["--id", "02", "--label", "CA", "--type", "cert", "--write-object"]).arg(der);
            command.env(PIN_VARIABLE, pin);
        });
        written.map(drop)
    }

    fn fill(
        &self,
        bench: &Path,
        (key, label, pin): (TokenKey<'_>, &str, &str),
        issue: impl FnOnce(&PKeyRef<Public>) -> Result<X509, DemoFault>,
    ) -> Result<X509, DemoFault> {
        SOFTHSM2_UTIL.run(b"", |command| {
            // It takes PINs from its arguments or a terminal only; these are printed by the demo anyway.
            command.args(["--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", SO_PIN]);
            command.arg("--module").arg(&self.module).env("SOFTHSM2_CONF", &self.configuration);
        })?;
        let tool = |arguments: &[&str], file: Option<&Path>| {
            PKCS11_TOOL.run(b"", |command| {
                command.arg("--module").arg(&self.module).env("SOFTHSM2_CONF", &self.configuration);
                command.args(["--token-label", label, "--id", KEY_ID]).args(arguments).args(file);
                command.env(PIN_VARIABLE, pin);
            })
        };
        let login = format!("env:{PIN_VARIABLE}");
        let login = ["--login", "--pin", &login, "--label", label];
        let public = match key {
            TokenKey::MadeInside(kind) => {
                let key_pair = ["--keypairgen", "--key-type", kind, "--usage-sign", "--sensitive"];
                tool(&[&login[..], &key_pair].concat(), None)?;
                let public = bench.join("public.der");
                tool(&["--read-object", "--type", "pubkey", "--output-file"], Some(&public))?;
                stored::read(&public)?
            }
            #[cfg(test)]
            TokenKey::Brought(private) => {
                let file = bench.join("private.pem");
                stored::write_private(&file, &private.private_key_to_pem_pkcs8()?)?;
                SOFTHSM2_UTIL.run(b"", |command| {
                    command.args(["--token", label, "--label", label, "--id", KEY_ID, "--pin", pin]);
                    command.arg("--import").arg(&file).arg("--module").arg(&self.module);
                    command.env("SOFTHSM2_CONF", &self.configuration);
                })?;
                private.public_key_to_der()?
            }
        };
        let certificate = issue(&*PKey::public_key_from_der(&public)?)?;
        let der = bench.join("certificate.der");
        stored::write_private(&der, &certificate.to_der()?)?;
        tool(&[&login[..], &["--type", "cert", "--write-object"]].concat(), Some(&der))?;
        Ok(certificate)
    }
}

/// Writes the configuration for the tokens in `store` beside it.
fn configure(folder: &Path, store: &Path) -> Result<PathBuf, DemoFault> {
    stored::private_folder(store)?;
    let configuration = folder.join("softhsm2.conf");
    let text = format!(
        "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n",
        store.display()
    );
    stored::write_private(&configuration, text.as_bytes())?;
    Ok(configuration)
}

fn module() -> Result<PathBuf, DemoFault> {
    let mut places = MODULE_PLACES.iter().map(PathBuf::from);
    places
        .find(|place| place.is_file())
        .ok_or_else(|| DemoFault::ModuleMissing { tried: MODULE_PLACES.join(", ") })
}

fn remove_if_there(folder: &Path) -> Result<(), DemoFault> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(DemoFault::file(folder)(error)),
        _ => Ok(()),
    }
}
