//! Wallets of TRON and Ethereum, where a wrong letter loses the money for good.
//!
//! TRON's addresses carry a checksum (Base58Check). Ethereum's carry one only in the case of their letters (EIP-55): mixed
//! case must fit; all small or all capital letters have none, are valid by the standard and accepted, but said so by
//! [`Address::had_checksum`], so that a person is asked to compare. What is kept is the form with the checksum.

use std::fmt;

use sha2::{Digest, Sha256};
use tiny_keccak::{Hasher, Keccak};

/// Chains that stablecoins are sent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Network {
    /// TRC-20.
    Tron,
    /// ERC-20.
    Ethereum,
}

/// What is wrong with an address or a transaction id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WalletError {
    #[error("an address of TRON is 34 letters and digits and begins with T")]
    TronForm,
    #[error("an address of Ethereum is 0x and 40 digits of 0-9 and a-f")]
    EthereumForm,
    #[error("the checksum does not fit: a character is wrong, or its case was changed")]
    Checksum,
    #[error("nobody has this address: what is sent there is lost")]
    Nobody,
    #[error("a transaction id is 64 digits of 0-9 and a-f")]
    TransactionForm,
}

const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const TRON_LEN: usize = 34;
/// A byte that says mainnet, and the account.
const TRON_PREFIX: u8 = 0x41;
const ACCOUNT_LEN: usize = 20;
const CHECKSUM_LEN: usize = 4;
const TRANSACTION_LEN: usize = 64;

/// An address that can be paid to.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address {
    network: Network,
    text: String,
    had_checksum: bool,
}

impl Address {
    /// Reads an address of `network`; spaces around it are dropped.
    pub fn parse(network: Network, text: &str) -> Result<Self, WalletError> {
        match network {
            Network::Tron => tron(text.trim()),
            Network::Ethereum => ethereum(text.trim()),
        }
    }

    pub fn network(&self) -> Network {
        self.network
    }

    /// As it is sent to: with its checksum.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether what was typed could be checked; if not, a typing error would not show.
    pub fn had_checksum(&self) -> bool {
        self.had_checksum
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn tron(text: &str) -> Result<Address, WalletError> {
    if text.len() != TRON_LEN || !text.starts_with('T') {
        return Err(WalletError::TronForm);
    }
    let bytes = from_base58(text).ok_or(WalletError::TronForm)?;
    let (body, checksum) = bytes.split_at(1 + ACCOUNT_LEN);
    let digest = Sha256::digest(Sha256::digest(body));
    if checksum != &digest[..CHECKSUM_LEN] {
        return Err(WalletError::Checksum);
    }
    if body[0] != TRON_PREFIX {
        return Err(WalletError::TronForm);
    }
    refuse_nobody(&body[1..])?;
    Ok(Address { network: Network::Tron, text: text.to_owned(), had_checksum: true })
}

fn refuse_nobody(account: &[u8]) -> Result<(), WalletError> {
    if account.iter().all(|&byte| byte == 0) { Err(WalletError::Nobody) } else { Ok(()) }
}

/// The 25 bytes that 34 characters hold, or `None` where a character is strange or the number is too large.
fn from_base58(text: &str) -> Option<[u8; 1 + ACCOUNT_LEN + CHECKSUM_LEN]> {
    let mut bytes = [0_u8; 1 + ACCOUNT_LEN + CHECKSUM_LEN];
    for character in text.bytes() {
        let mut carry = BASE58.iter().position(|&known| known == character)?;
        for byte in bytes.iter_mut().rev() {
            carry += usize::from(*byte) * BASE58.len();
            *byte = (carry & 0xff) as u8;
            carry >>= 8;
        }
        if carry > 0 {
            return None;
        }
    }
    Some(bytes)
}

fn ethereum(text: &str) -> Result<Address, WalletError> {
    let digits = text.strip_prefix("0x").ok_or(WalletError::EthereumForm)?;
    if digits.len() != 2 * ACCOUNT_LEN || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(WalletError::EthereumForm);
    }
    if digits.bytes().all(|byte| byte == b'0') {
        return Err(WalletError::Nobody);
    }
    let has = |kind: fn(&u8) -> bool| digits.bytes().any(|byte| kind(&byte));
    let had_checksum = has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    let checked = with_case(&digits.to_ascii_lowercase());
    if had_checksum && checked != digits {
        return Err(WalletError::Checksum);
    }
    Ok(Address { network: Network::Ethereum, text: format!("0x{checked}"), had_checksum })
}

/// EIP-55: a letter is a capital where its half-byte of the hash is 8 or more.
fn with_case(small: &str) -> String {
    let mut hash = [0_u8; 32];
    let mut keccak = Keccak::v256();
    keccak.update(small.as_bytes());
    keccak.finalize(&mut hash);
    let half_byte = |index: usize| if index.is_multiple_of(2) { hash[index / 2] >> 4 } else { hash[index / 2] & 0xf };
    let cased = small.chars().enumerate().map(
        |(index, digit)| {
            if half_byte(index) >= 8 { digit.to_ascii_uppercase() } else { digit }
        },
    );
    cased.collect()
}

/// A transaction id in the form its network's explorers show: small letters, with `0x` on Ethereum only.
///
/// It is read with or without `0x`. Whether the transaction exists is not known here.
pub fn transaction_id(network: Network, text: &str) -> Result<String, WalletError> {
    let text = text.trim();
    let digits = text.strip_prefix("0x").unwrap_or(text);
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if digits.len() != TRANSACTION_LEN || !hex || digits.bytes().all(|byte| byte == b'0') {
        return Err(WalletError::TransactionForm);
    }
    let digits = digits.to_ascii_lowercase();
    Ok(match network {
        Network::Tron => digits,
        Network::Ethereum => format!("0x{digits}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // The vectors of EIP-55.
    const MIXED: [&str; 4] = [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ];
    const ONE_CASE: [&str; 4] = [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
    ];
    // The contract of USDT, and the account of TRON's documentation.
    const TRON: [(&str, &str); 2] = [
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "41a614f803b6fd780986a42c78ec9c7f77e6ded13c"),
        ("TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMW", "415a523b449890854c8fc460ab602df9f31fe4293f"),
    ];

    fn on_ethereum(text: &str) -> Result<Address, WalletError> {
        Address::parse(Network::Ethereum, text)
    }

    fn on_tron(text: &str) -> Result<Address, WalletError> {
        Address::parse(Network::Tron, text)
    }

    #[test]
    fn the_vectors_of_eip_55() {
        for vector in MIXED {
            let small = on_ethereum(&vector.to_lowercase()).expect(vector);
            assert_eq!((small.as_str(), small.had_checksum()), (vector, false));
            let capital = on_ethereum(&format!("0x{}", vector[2..].to_uppercase())).expect(vector);
            assert_eq!((capital.as_str(), capital.had_checksum()), (vector, false));
            let mixed = on_ethereum(vector).expect(vector);
            assert_eq!((mixed.as_str(), mixed.had_checksum()), (vector, true));
        }
        for vector in ONE_CASE {
            assert_eq!(on_ethereum(vector).expect(vector).as_str(), vector);
        }
    }

    #[test]
    fn a_wrong_letter_or_case_is_refused() {
        assert_eq!(on_ethereum("0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed"), Err(WalletError::Checksum));
        assert_eq!(on_ethereum("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee"), Err(WalletError::Checksum));
        assert_eq!(on_ethereum("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"), Err(WalletError::EthereumForm));
        assert_eq!(on_ethereum("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe"), Err(WalletError::EthereumForm));
        assert_eq!(on_ethereum(TRON[0].0), Err(WalletError::EthereumForm));
        assert_eq!(on_ethereum("0x0000000000000000000000000000000000000000"), Err(WalletError::Nobody));
    }

    #[test]
    fn addresses_of_tron_hold_their_account() {
        for (address, account) in TRON {
            assert_eq!(on_tron(&format!(" {address} ")).expect(address).as_str(), address);
            let bytes = from_base58(address).expect(address);
            let hex: String = bytes[..21].iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hex, account);
        }
        assert_eq!(on_tron("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T"), Err(WalletError::Checksum));
        assert_eq!(on_tron("tr7nhqjekqxgtci8q8zy4pl8otszgjlj6t"), Err(WalletError::TronForm));
        assert_eq!(on_tron("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6"), Err(WalletError::TronForm));
        assert_eq!(on_tron("TR0NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"), Err(WalletError::TronForm));
        assert_eq!(on_tron(MIXED[0]), Err(WalletError::TronForm));
        assert_eq!(on_tron("T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"), Err(WalletError::Nobody));
    }

    #[test]
    fn transaction_ids_are_sixty_four_digits() {
        let id = "AB".repeat(32);
        assert_eq!(transaction_id(Network::Tron, &id), Ok("ab".repeat(32)));
        assert_eq!(transaction_id(Network::Ethereum, &id), Ok(format!("0x{}", "ab".repeat(32))));
        assert_eq!(transaction_id(Network::Tron, &format!("0x{id}")), Ok("ab".repeat(32)));
        for wrong in ["", &id[1..], &"0".repeat(64), &"zz".repeat(32), &format!("{id}0")] {
            assert_eq!(transaction_id(Network::Tron, wrong), Err(WalletError::TransactionForm), "{wrong}");
        }
    }
}
