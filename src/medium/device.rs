//! What sysfs says of drives, sticks and disks: what they are, what identifies them, and whether the
//! machine itself lives on them. Nothing is opened for this.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rustix::fs::{major, minor};
use school::medium::MediumKind;
use school::records::media_frame::{DeviceIdentity, OwnFileSystem, Refused};

use super::refusing::{about, refused};

const SECTOR_SIZE_BYTES: u64 = 512;
/// Where the machine lives.
const SYSTEM: [&str; 5] = ["/", "/boot", "/boot/efi", "/usr", "/var"];

/// A block device as sysfs shows it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// Its name, `sda` or `sr0`.
    pub(super) node: String,
    /// What it is.
    pub(super) kind: MediumKind,
    /// What identifies it.
    pub(super) identity: DeviceIdentity,
    /// The switch of the stick, or the drive, says that it is not to be written.
    pub(super) read_only: bool,
}

impl Seen {
    /// The path below /dev.
    pub(super) fn path(&self) -> PathBuf {
        Path::new("/dev").join(&self.node)
    }

    /// False once it was pulled out.
    pub(super) fn is_there(&self) -> bool {
        Path::new("/sys/block").join(&self.node).exists()
    }

    /// An error of reading or writing, or the true reason for it.
    pub(super) fn or_gone(&self, refusal: Refused) -> Refused {
        if self.is_there() { refusal } else { Refused { code: "medium.unplugged".into(), ..refusal } }
    }

    /// Its partitions, or itself when it has none.
    pub(super) fn volumes(&self) -> Vec<PathBuf> {
        let folder = Path::new("/sys/block").join(&self.node);
        let mut parts: Vec<PathBuf> = names_in(&folder)
            .into_iter()
            .filter(|name| name.starts_with(&self.node) && folder.join(name).join("partition").exists())
            .map(|name| Path::new("/dev").join(name))
            .collect();
        parts.sort();
        if parts.is_empty() { vec![self.path()] } else { parts }
    }
}

/// Every drive, stick and disk that has a size.
pub(super) fn all() -> Vec<Seen> {
    let mut found: Vec<Seen> =
        names_in(Path::new("/sys/block")).iter().filter_map(|name| see(name)).collect();
    found.sort_by(|one, other| one.node.cmp(&other.node));
    found
}

/// The device that a frame names. Of a drive, with `same_disc` also the disc must be the one seen then.
///
/// Errors: `medium.no_device`, when it is there no more, or twice: two sticks without serial numbers look the same.
pub(super) fn find(identity: &DeviceIdentity, same_disc: SameDisc) -> Result<Seen, Refused> {
    let equal = |seen: &Seen| match same_disc {
        SameDisc::Yes => seen.identity == *identity,
        SameDisc::Any => {
            DeviceIdentity { disc: String::new(), ..seen.identity.clone() }
                == DeviceIdentity { disc: String::new(), ..identity.clone() }
        }
    };
    let mut found = all().into_iter().filter(equal);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(one), Some(other)) => Err(about("medium.no_device", [one.node, other.node])),
        (None, _) => Err(refused("medium.no_device", format!("{identity:?}"))),
    }
}

/// Whether the disc must be the one that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SameDisc {
    /// Before it is written.
    Yes,
    /// A copy may be read in whatever drive.
    Any,
}

fn see(node: &str) -> Option<Seen> {
    let folder = Path::new("/sys/block").join(node);
    let optical = node.starts_with("sr");
    if !optical && !node.starts_with("sd") {
        return None;
    }
    let device = folder.join("device");
    let size_bytes = text(&folder.join("size")).parse::<u64>().ok()? * SECTOR_SIZE_BYTES;
    if !optical && size_bytes == 0 {
        // A card reader without a card.
        return None;
    }
    let kind = match (optical, text(&folder.join("removable")).as_str()) {
        (true, _) => MediumKind::Optical,
        (false, "1") => MediumKind::Stick,
        (false, _) => MediumKind::Disk,
    };
    let disc =
        format!("{}/{}", text(Path::new("/proc/sys/kernel/random/boot_id")), text(&folder.join("diskseq")));
    let identity = DeviceIdentity {
        vendor: text(&device.join("vendor")),
        model: text(&device.join("model")),
        serial: serial(&device),
        size_bytes: if optical { 0 } else { size_bytes },
        disc: if optical { disc } else { String::new() },
    };
    Some(Seen { node: node.to_owned(), kind, identity, read_only: text(&folder.join("ro")) == "1" })
}

/// The serial number of the USB device above, else that of the SCSI unit (SPC-4, page 80h).
fn serial(device: &Path) -> String {
    let Ok(real) = device.canonicalize() else { return String::new() };
    let usb = real.ancestors().find(|above| above.join("idVendor").exists());
    if let Some(usb) = usb {
        return text(&usb.join("serial"));
    }
    let page = fs::read(device.join("vpd_pg80")).unwrap_or_default();
    let letters = page.get(4..).unwrap_or_default().iter().filter(|byte| byte.is_ascii_graphic());
    letters.map(|byte| char::from(*byte)).collect()
}

/// Refuses a device on which the machine, its data or anything mounted lies.
pub(super) fn not_ours(seen: &Seen, own: &[OwnFileSystem]) -> Result<(), Refused> {
    for own in own {
        let number = format!("{}:{}", major(own.device), minor(own.device));
        if disks_of_number(&number).contains(&seen.node) {
            return Err(refused("medium.own_disk", &seen.node));
        }
    }
    let swaps = fs::read_to_string("/proc/swaps").unwrap_or_default();
    let swap = swaps.lines().filter_map(|line| line.split_whitespace().next()?.strip_prefix("/dev/"));
    if swap.flat_map(disks_below).any(|disk| disk == seen.node) {
        return Err(refused("medium.system_disk", &seen.node));
    }
    let mounts =
        fs::read_to_string("/proc/self/mountinfo").map_err(|error| refused("medium.no_permission", error))?;
    let mut in_use = None;
    for mount in mounts.lines().filter_map(Mount::of_line) {
        let below_number = disks_of_number(mount.number);
        let below_source = mount.source.strip_prefix("/dev/").map(disks_below).unwrap_or_default();
        if below_number.contains(&seen.node) || below_source.contains(&seen.node) {
            if SYSTEM.contains(&mount.point) {
                return Err(refused("medium.system_disk", &seen.node));
            }
            in_use = Some(refused("medium.in_use", mount.point));
        }
    }
    in_use.map_or(Ok(()), Err)
}

/// A line of /proc/self/mountinfo (proc(5)).
struct Mount<'a> {
    number: &'a str,
    point: &'a str,
    source: &'a str,
}

impl<'a> Mount<'a> {
    fn of_line(line: &'a str) -> Option<Self> {
        let (before, after) = line.split_once(" - ")?;
        let mut before = before.split(' ').skip(2);
        let (number, _, point) = (before.next()?, before.next()?, before.next()?);
        Some(Self { number, point, source: after.split(' ').nth(1)? })
    }
}

/// The disks below a device number, `8:1`.
fn disks_of_number(number: &str) -> BTreeSet<String> {
    let real = Path::new("/sys/dev/block").join(number).canonicalize();
    let name = real.ok().and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
    name.map(|name| disks_below(&name)).unwrap_or_default()
}

/// The whole disks below a partition, an encrypted or a joined volume.
fn disks_below(name: &str) -> BTreeSet<String> {
    let Ok(real) = Path::new("/sys/class/block").join(name).canonicalize() else { return BTreeSet::new() };
    if real.join("partition").exists() {
        let disk = real.parent().and_then(|disk| disk.file_name()?.to_str());
        return disk.map(str::to_owned).into_iter().collect();
    }
    let below = names_in(&real.join("slaves"));
    if below.is_empty() {
        return BTreeSet::from([name.to_owned()]);
    }
    below.iter().flat_map(|name| disks_below(name)).collect()
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_mountinfo_gives_number_point_and_source() {
        let line = "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue";
        let mount = Mount::of_line(line).expect("a mount");
        assert_eq!((mount.number, mount.point, mount.source), ("98:0", "/mnt2", "/dev/root"));
    }

    #[test]
    fn the_machine_s_own_devices_are_looked_at_without_opening_them() {
        for seen in all() {
            assert!(seen.is_there() && !seen.volumes().is_empty(), "{seen:?}");
        }
    }
}
