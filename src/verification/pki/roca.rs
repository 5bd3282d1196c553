//! The fingerprint of weak RSA keys that one maker's chips generated until 2017 (CVE-2017-15361, "ROCA"):
//! such tokens were sold with certificates, and their private keys can be computed.
//! Source: Nemec, Sýs, Švenda, Klinec, Matyáš, "The Return of Coppersmith's Attack", CCS 2017, section 3.3.

use openssl::bn::BigNumRef;

/// Their primes are k·M + (65537^a mod M), with M the product of these primes; so the modulus, too, is a
/// power of 65537 modulo each of them. Of other keys one in about 2^28 is.
const PRIMES: [u32; 39] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103,
    107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];
const GENERATOR: u64 = 65_537;

/// Whether a modulus has the fingerprint. One that cannot be looked at has it not: its certificate is
/// refused for its form.
pub(super) fn has_fingerprint(modulus: &BigNumRef) -> bool {
    PRIMES.iter().all(|prime| modulus.mod_word(*prime).is_ok_and(|rest| is_power(rest, u64::from(*prime))))
}

/// Whether `rest` is a power of the generator modulo `prime`.
fn is_power(rest: u64, prime: u64) -> bool {
    let powers = std::iter::successors(Some(1), |power| Some(power * GENERATOR % prime));
    powers.take(prime as usize).any(|power| power % prime == rest)
}

#[cfg(test)]
mod tests {
    use openssl::bn::{BigNum, BigNumContext};
    use openssl::rsa::Rsa;

    use super::*;

    /// A modulus as the flawed library made them: both factors k·M + 65537^a mod M. That they are no
    /// primes does not matter to the fingerprint.
    fn flawed(bits_of_k: i32, powers: (u32, u32)) -> BigNum {
        let mut context = BigNumContext::new().expect("context");
        let mut product = BigNum::from_u32(1).expect("number");
        for prime in PRIMES {
            product.mul_word(prime).expect("product");
        }
        let mut factor = |power: u32| {
            let (mut k, mut rest, mut sum) =
                (BigNum::new().unwrap(), BigNum::new().unwrap(), BigNum::new().unwrap());
            k.rand(bits_of_k, openssl::bn::MsbOption::ONE, false).expect("random");
            let generator = BigNum::from_u32(65_537).expect("number");
            rest.mod_exp(&generator, &BigNum::from_u32(power).expect("number"), &product, &mut context)
                .expect("power");
            sum.checked_mul(&k, &product, &mut context).expect("product");
            let mut factor = BigNum::new().unwrap();
            factor.checked_add(&sum, &rest).expect("sum");
            factor
        };
        let (p, q) = (factor(powers.0), factor(powers.1));
        let mut modulus = BigNum::new().expect("number");
        modulus.checked_mul(&p, &q, &mut BigNumContext::new().expect("context")).expect("product");
        modulus
    }

    #[test]
    fn keys_of_the_flawed_library_are_recognized_and_others_are_not() {
        for powers in [(1, 2), (9_999, 123_456), (7, 65_000)] {
            assert!(has_fingerprint(&flawed(805, powers)));
        }
        for _ in 0..4 {
            let key = Rsa::generate(1024).expect("key");
            assert!(!has_fingerprint(key.n()));
        }
    }
}
