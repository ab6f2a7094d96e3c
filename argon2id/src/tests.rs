//! Every way against the RFC's vector, and against RustCrypto's `argon2`.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::{Costs, Input, Memory, Refused, Way, hash, hash_in};

/// Those of this machine.
fn ways() -> impl Iterator<Item = Way> {
    Way::ALL.into_iter().filter(|way| way.is_there())
}

fn theirs(input: &Input<'_>, costs: Costs) -> [u8; 32] {
    let Costs { m, t, p } = costs;
    let mut params = ParamsBuilder::new();
    params.m_cost(m).t_cost(t).p_cost(p).output_len(32);
    params.data(AssociatedData::new(input.data).unwrap());
    let (kind, version) = (Algorithm::Argon2id, Version::V0x13);
    let argon2 =
        Argon2::new_with_secret(input.secret, kind, version, params.build().unwrap()).unwrap();
    let mut out = [0; 32];
    argon2
        .hash_password_into(input.password, input.salt, &mut out)
        .unwrap();
    out
}

/// RFC 9106, section 5.3.
#[test]
fn the_vector_of_the_rfc() {
    let input = Input {
        password: &[1; 32],
        salt: &[2; 16],
        secret: &[3; 8],
        data: &[4; 12],
    };
    let costs = Costs { m: 32, t: 3, p: 4 };
    let wanted = [
        0x0d, 0x64, 0x0d, 0xf5, 0x8d, 0x78, 0x76, 0x6c, 0x08, 0xc0, 0x37, 0xa3, 0x4a, 0x8b, 0x53,
        0xc9, 0xd0, 0x1e, 0xf0, 0x45, 0x2d, 0x75, 0xb6, 0x5e, 0xb5, 0x25, 0x20, 0xe9, 0x6b, 0x01,
        0xe6, 0x59,
    ];
    for way in ways() {
        let got = hash_in(way, &input, costs, &mut Memory::default());
        assert_eq!(got, Ok(wanted), "{way:?}");
    }
}

#[test]
fn at_what_passwords_cost_memory_can_be_reused() {
    let costs = Costs {
        m: 19_456,
        t: 2,
        p: 1,
    };
    let mut memory = Memory::default();
    for (password, salt) in [("correct horse", [1; 16]), ("ثلاث كلمات", [2; 16])] {
        let input = Input {
            password: password.as_bytes(),
            salt: &salt,
            ..Input::default()
        };
        let wanted = Ok(theirs(&input, costs));
        assert_eq!(hash(&input, costs, &mut memory), wanted);
        for way in ways() {
            assert_eq!(hash_in(way, &input, costs, &mut memory), wanted, "{way:?}");
        }
    }
}

proptest! {
    #[test]
    fn every_way_gives_what_others_give(
        (p, m, t) in (1_u32..=4).prop_flat_map(|p| (Just(p), p * 8..p * 8 + 300, 1_u32..=3)),
        password in vec(any::<u8>(), 0..200),
        salt in vec(any::<u8>(), 8..40),
        secret in vec(any::<u8>(), 0..32),
        data in vec(any::<u8>(), 0..32),
    ) {
        let costs = Costs { m, t, p };
        let input = Input { password: &password, salt: &salt, secret: &secret, data: &data };
        let wanted = Ok(theirs(&input, costs));
        let mut memory = Memory::default();
        for way in ways() {
            prop_assert_eq!(hash_in(way, &input, costs, &mut memory), wanted, "{:?}", way);
        }
    }
}

#[test]
fn a_way_that_the_processor_lacks_is_not_taken() {
    assert!(Way::widest().is_there());
    assert!(Way::Baseline.is_there());
}

#[test]
fn what_argon2id_does_not_have_is_refused() {
    let input = Input {
        salt: &[0; 8],
        ..Input::default()
    };
    let mut memory = Memory::default();
    let mut with = |input: &Input<'_>, m, t, p| hash(input, Costs { m, t, p }, &mut memory);
    assert!(with(&input, 8, 1, 1).is_ok());
    for (m, t, p) in [(7, 1, 1), (15, 1, 2), (8, 0, 1), (8, 1, 0), (0, 1, 1)] {
        assert_eq!(with(&input, m, t, p), Err(Refused::Costs));
    }
    let salt = Input {
        salt: &[0; 7],
        ..input
    };
    assert_eq!(with(&salt, 8, 1, 1), Err(Refused::Salt));
}
