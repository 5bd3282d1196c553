//! An RSA key as the flawed chips made them until 2017 ("ROCA"): real primes of the published form, so that a token
//! signs with it and nothing but the fingerprint tells it from a sound key.
//! Source: Nemec, Sýs, Švenda, Klinec, Matyáš, "The Return of Coppersmith's Attack", CCS 2017, section 2.3.

use openssl::bn::{BigNum, BigNumContext, BigNumRef, MsbOption};
use openssl::error::ErrorStack;
use openssl::pkey::{PKey, Private};
use openssl::rsa::RsaPrivateKeyBuilder;

/// Of keys with 2,048 bits: the primes are k·M + (65537^a mod M), M the product of so many first primes.
const FIRST_PRIMES: usize = 126;
const K_BITS: i32 = 53;
const A_BITS: i32 = 62;
const EXPONENT: u32 = 65_537;

/// A weak key of 2,048 bits.
pub fn flawed_key() -> Result<PKey<Private>, ErrorStack> {
    let mut context = BigNumContext::new()?;
    let (p, q) = loop {
        let (p, q) = (flawed_prime(&mut context)?, flawed_prime(&mut context)?);
        if product(&p, &q, &mut context)?.num_bits() == 2_048 && p != q {
            break (p, q);
        }
    };
    let (e, one) = (BigNum::from_u32(EXPONENT)?, BigNum::from_u32(1)?);
    let less_one = |of: &BigNumRef| -> Result<BigNum, ErrorStack> {
        let mut less = BigNum::new()?;
        less.checked_sub(of, &one)?;
        Ok(less)
    };
    let (p1, q1) = (less_one(&p)?, less_one(&q)?);
    let (mut d, mut dp, mut dq, mut qi) = (BigNum::new()?, BigNum::new()?, BigNum::new()?, BigNum::new()?);
    d.mod_inverse(&e, &*product(&p1, &q1, &mut context)?, &mut context)?;
    dp.nnmod(&d, &p1, &mut context)?;
    dq.nnmod(&d, &q1, &mut context)?;
    qi.mod_inverse(&q, &p, &mut context)?;
    let n = product(&p, &q, &mut context)?;
    let key = RsaPrivateKeyBuilder::new(n, e, d)?.set_factors(p, q)?.set_crt_params(dp, dq, qi)?.build();
    PKey::from_rsa(key)
}

fn flawed_prime(context: &mut BigNumContext) -> Result<BigNum, ErrorStack> {
    let mut modulus = BigNum::from_u32(1)?;
    let is_prime = |n: &u32| (2..*n).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d));
    for prime in (2_u32..).filter(is_prime).take(FIRST_PRIMES) {
        modulus.mul_word(prime)?;
    }
    let generator = BigNum::from_u32(EXPONENT)?;
    loop {
        let (mut k, mut a, mut rest, mut prime) =
            (BigNum::new()?, BigNum::new()?, BigNum::new()?, BigNum::new()?);
        k.rand(K_BITS, MsbOption::TWO_ONES, false)?;
        a.rand(A_BITS, MsbOption::MAYBE_ZERO, false)?;
        rest.mod_exp(&generator, &a, &modulus, context)?;
        prime.checked_add(&*product(&k, &modulus, context)?, &rest)?;
        if prime.is_prime(64, context)? {
            return Ok(prime);
        }
    }
}

fn product(one: &BigNumRef, other: &BigNumRef, context: &mut BigNumContext) -> Result<BigNum, ErrorStack> {
    let mut product = BigNum::new()?;
    product.checked_mul(one, other, context)?;
    Ok(product)
}
