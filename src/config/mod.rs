//! niemphong.toml, read once at start and never written. What people, assignments and anchors *are*
//! lies in the register; this file says only where things lie and how patient to be.

mod anchors;
mod layouts;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crafts::export::LayoutFault;
use school::identifier::ScreenId;
use school::limits::{TOKEN_WAIT_MS, TOKEN_WAIT_SHORTEST_MS};
use school::medium::MediumKind;
use school::records::token_frame::RsaScheme;
use school::regulation::{NoKind, Preset, Regulation};
use serde::Deserialize;

pub use anchors::{AnchorFault, Trust};

use crate::process::control;
use crate::process::token_module::TokenModule;
use crate::web::{Listen, Settings};

/// The commented sample, also the output of `niemphong config template`.
pub const TEMPLATE: &str = include_str!("../../config/niemphong.toml");

/// Where Linux mounts what is plugged in, by itself or by an administrator.
const MOUNTS: [&str; 3] = ["/media", "/run/media", "/mnt"];

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    /// The file cannot be read.
    #[error("configuration {path:?} cannot be read")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is not of the form that this program knows.
    #[error("configuration is not understood: {0}")]
    Form(#[from] Box<toml::de::Error>),
    /// A layout or a catalogue of subjects cannot be used.
    #[error("{path:?} cannot be used")]
    Layout {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: LayoutFault,
    },
    /// The school's regulation of the archive names nothing.
    #[error(transparent)]
    Regulation(#[from] NoKind),
    /// A CA certificate cannot be used.
    #[error(transparent)]
    Anchor(#[from] AnchorFault),
}

impl ConfigFault {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "config.unreadable",
            Self::Form(_) => "config.form",
            Self::Layout { .. } => "config.layout",
            Self::Regulation(_) => "config.form",
            Self::Anchor(fault) => fault.code(),
        }
    }
}

/// The stored forms, by version.
#[derive(Deserialize)]
struct Versioned {
    version: u16,
    #[serde(flatten)]
    rest: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct V1 {
    folders: Folders,
    #[serde(default)]
    inbox: InboxTimes,
    #[serde(default)]
    trust: TrustFolders,
    #[serde(default)]
    layouts: LayoutFolders,
    #[serde(default)]
    tokens: Tokens,
    #[serde(default)]
    signing: Signing,
    #[serde(default)]
    archive: Archive,
    #[serde(default)]
    timestamp: Timestamp,
    #[serde(default)]
    pages: PagesShown,
}

/// Where the pages are shown.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PagesShown {
    port: u16,
    network: Option<SocketAddr>,
    names: Vec<String>,
    addresses: Vec<IpAddr>,
    screen: String,
}

impl Default for PagesShown {
    fn default() -> Self {
        Self {
            port: 8470,
            network: None,
            names: Vec::new(),
            addresses: Vec::new(),
            screen: "van-phong-1".into(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Tokens {
    modules: Vec<PathBuf>,
    rsa: RsaScheme,
    deadline_seconds: u64,
}

impl Default for Tokens {
    fn default() -> Self {
        Self { modules: Vec::new(), rsa: RsaScheme::Pkcs1, deadline_seconds: TOKEN_WAIT_MS / 1000 }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Signing {
    revocation_unchecked: OnUnchecked,
}

/// What becomes of a signature when nobody can say whether its certificate was revoked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnUnchecked {
    /// It is refused.
    #[default]
    Refuse,
    /// The signer is told and decides.
    Ask,
    /// It is made and recorded.
    Allow,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Folders {
    data: PathBuf,
    inbox: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct InboxTimes {
    settle_seconds: u64,
    scan_seconds: u64,
}

impl Default for InboxTimes {
    fn default() -> Self {
        Self { settle_seconds: 5, scan_seconds: 60 }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct TrustFolders {
    #[serde(default)]
    folders: Vec<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct LayoutFolders {
    #[serde(default)]
    folders: Vec<PathBuf>,
}

/// The timestamp authority, and how many it gives.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Timestamp {
    url: String,
    limit: usize,
    window_seconds: u32,
}

impl Default for Timestamp {
    fn default() -> Self {
        Self { url: String::new(), limit: 20, window_seconds: 1200 }
    }
}

/// What the school's own regulation asks of the archive.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Archive {
    regulation: Regulated,
    check_days: u16,
}

/// A regulation by its name, or the kinds of medium that it names.
#[derive(Deserialize)]
#[serde(untagged)]
enum Regulated {
    Preset(Preset),
    Kinds(Vec<MediumKind>),
}

impl Default for Archive {
    fn default() -> Self {
        Self { regulation: Regulated::Preset(Preset::KonTum), check_days: 365 }
    }
}

/// The configuration in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where everything is kept.
    pub data: PathBuf,
    /// The inbox.
    pub inbox: PathBuf,
    /// How long a file must stay the same.
    pub settle: Duration,
    /// A full scan at least this often.
    pub scan: Duration,
    /// Folders with the school's further CA certificates.
    pub trust: Vec<PathBuf>,
    /// Folders with the school's own layouts and subjects.
    pub layouts: Vec<PathBuf>,
    /// Address of the timestamp authority; without one, documents are closed without proof of time.
    pub timestamp_url: Option<String>,
    /// How many timestamps it gives, in how many seconds.
    pub timestamp_limit: (usize, u32),
    /// PKCS#11 modules; none means those that are known.
    pub token_modules: Vec<PathBuf>,
    /// How RSA keys on tokens sign.
    pub rsa: RsaScheme,
    /// How long one call of a module may take.
    pub token_deadline: Duration,
    /// What becomes of a signature when revocation cannot be checked.
    pub revocation_unchecked: OnUnchecked,
    /// The media that a deposit must lie on.
    pub regulation: Regulation,
    /// After how many days a copy is to be read again.
    pub check_days: u16,
    /// Where the pages are shown.
    pub listen: Listen,
    /// Names and addresses of this server on the network of the school.
    pub names: (Vec<String>, Vec<IpAddr>),
    /// The screen that this computer itself is.
    pub own_screen: ScreenId,
}

impl Config {
    /// What the pages want to know.
    pub fn pages_settings(&self) -> Settings {
        let (names, addresses) = self.names.clone();
        Settings {
            names,
            addresses,
            network_port: self.listen.network.map(|address| address.port()),
            own_screen: self.own_screen.clone(),
            regulation: self.regulation.clone(),
            check_days: self.check_days,
            control: self.data.join(control::SOCKET),
            sample: false,
            timestamp_url: self.timestamp_url.clone(),
            mounts: MOUNTS.map(PathBuf::from).into(),
            inbox: Some(self.inbox.clone()),
            media: None,
            folder: self.data.join("trang"),
        }
    }

    /// The modules in which tokens are looked for: those named, else those known.
    pub fn modules(&self) -> Vec<TokenModule> {
        let named = self.token_modules.iter().cloned().map(TokenModule::at);
        let all = if self.token_modules.is_empty() { TokenModule::known() } else { named.collect() };
        self.modules_configured(all)
    }

    /// The same modules with deadline and RSA scheme of the school.
    pub fn modules_configured(&self, all: Vec<TokenModule>) -> Vec<TokenModule> {
        all.into_iter().map(|module| module.configured(self.rsa, self.token_deadline)).collect()
    }

    /// Reads the file at `path`.
    pub fn read(path: &Path) -> Result<Self, ConfigFault> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigFault::Unreadable { path: path.to_owned(), source })?;
        Self::parse(&text)
    }

    /// Reads the text of a configuration. Unknown keys are refused: a misspelt key is a wish that
    /// would otherwise be ignored in silence.
    pub fn parse(text: &str) -> Result<Self, ConfigFault> {
        let versioned: Versioned = toml::from_str(text).map_err(Box::new)?;
        if versioned.version != 1 {
            let unknown = serde::de::Error::custom(format!("version {} is unknown", versioned.version));
            return Err(Box::<toml::de::Error>::new(unknown).into());
        }
        let form: V1 = versioned.rest.try_into().map_err(Box::new)?;
        Ok(Self {
            data: form.folders.data,
            inbox: form.folders.inbox,
            settle: Duration::from_secs(form.inbox.settle_seconds),
            scan: Duration::from_secs(form.inbox.scan_seconds.max(1)),
            trust: form.trust.folders,
            layouts: form.layouts.folders,
            timestamp_url: Some(form.timestamp.url).filter(|url| !url.is_empty()),
            timestamp_limit: (form.timestamp.limit.max(1), form.timestamp.window_seconds),
            token_modules: form.tokens.modules,
            rsa: form.tokens.rsa,
            token_deadline: Duration::from_secs(form.tokens.deadline_seconds)
                .max(Duration::from_millis(TOKEN_WAIT_SHORTEST_MS)),
            revocation_unchecked: form.signing.revocation_unchecked,
            regulation: match form.archive.regulation {
                Regulated::Preset(preset) => preset.into(),
                Regulated::Kinds(kinds) => Regulation::new(kinds)?,
            },
            check_days: form.archive.check_days.max(1),
            listen: Listen {
                own: SocketAddr::from((Ipv4Addr::LOCALHOST, form.pages.port)),
                network: form.pages.network,
            },
            names: (form.pages.names, form.pages.addresses),
            own_screen: form.pages.screen.parse().map_err(|error| {
                Box::<toml::de::Error>::new(serde::de::Error::custom(format!("[pages] screen: {error}")))
            })?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commented_sample_is_understood_and_shows_the_defaults() {
        let sample = Config::parse(TEMPLATE).expect("the sample");
        let shortest =
            "version = 1\n[folders]\ndata = \"/var/lib/niemphong\"\ninbox = \"/srv/niemphong/hop-thu\"\n";
        assert_eq!(Config::parse(shortest).expect("the shortest form"), sample);
    }

    #[test]
    fn every_key_of_the_sample_has_a_comment_above_it() {
        let lines: Vec<&str> = TEMPLATE.lines().collect();
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.contains(" = ")) {
            if !line.starts_with('#') {
                assert!(lines[index - 1].starts_with('#'), "no comment above {line:?}");
            }
        }
    }

    #[test]
    fn a_school_names_its_regulation_or_its_own_kinds_of_media() {
        let of = |line: &str| {
            let text = TEMPLATE.replace("regulation = \"kon-tum\"", line);
            Config::parse(&text).map(|config| config.regulation)
        };
        assert_eq!(of("regulation = \"mao-khe-ii\"").expect("a preset"), Preset::MaoKheII.into());
        let own = Regulation::new([MediumKind::Stick]).expect("one kind");
        assert_eq!(of("regulation = [\"stick\"]").expect("kinds"), own);
        for wrong in ["regulation = []", "regulation = \"cloud\"", "regulation = [\"tape\"]"] {
            assert_eq!(of(wrong).expect_err(wrong).code(), "config.form");
        }
    }

    #[test]
    fn a_school_says_what_becomes_of_a_signature_when_revocation_cannot_be_checked() {
        let of = |word: &str| {
            let line = format!("revocation_unchecked = \"{word}\"");
            Config::parse(&TEMPLATE.replace("revocation_unchecked = \"refuse\"", &line))
                .map(|config| config.revocation_unchecked)
                .map_err(|fault| fault.code())
        };
        assert_eq!(of("refuse"), Ok(OnUnchecked::Refuse));
        assert_eq!((of("ask"), of("allow")), (Ok(OnUnchecked::Ask), Ok(OnUnchecked::Allow)));
        assert_eq!(of("ignore"), Err("config.form"));
    }

    #[test]
    fn misspelt_keys_and_unknown_versions_are_refused() {
        let misspelt = TEMPLATE.replace("settle_seconds", "setle_seconds");
        assert_eq!(Config::parse(&misspelt).map_err(|fault| fault.code()), Err("config.form"));
        let newer = TEMPLATE.replace("version = 1", "version = 2");
        assert_eq!(Config::parse(&newer).map_err(|fault| fault.code()), Err("config.form"));
    }
}
