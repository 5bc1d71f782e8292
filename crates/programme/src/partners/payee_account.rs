//! Whether money can reach an account: checked when the account is typed, not when the money has left.

use kernel::Refusal;
use payfiles::{
    Bic, Iban,
    wallet::{Address, Network},
};

use super::model::PayoutMethod;
use crate::platform::columns::TextMap;

const IBAN: &str = "iban";
const BIC: &str = "bic";
const ADDRESS: &str = "address";

/// Refuses an account, bank or wallet that cannot be right; those that are right are held as files carry them. What is
/// absent is not asked for here.
pub fn checked(method: PayoutMethod, mut details: TextMap) -> Result<TextMap, Refusal> {
    let iban = details.0.get(IBAN).map(|text| iban(method, text)).transpose()?;
    if let Some(text) = details.0.get(BIC) {
        let bic = bic(text, iban.as_ref())?;
        details.0.insert(BIC.to_owned(), bic.as_str().to_owned());
    }
    if let Some(iban) = iban {
        details.0.insert(IBAN.to_owned(), iban.as_str().to_owned());
    }
    if let (Some(network), Some(text)) = (network(method), details.0.get(ADDRESS)) {
        let address = address(network, text)?;
        details.0.insert(ADDRESS.to_owned(), address.as_str().to_owned());
    }
    Ok(details)
}

fn iban(method: PayoutMethod, text: &str) -> Result<Iban, Refusal> {
    let wrong = |_| Refusal::field("details.iban", "must be an IBAN whose length and check digits fit");
    let iban = Iban::parse(text).map_err(wrong)?;
    if method == PayoutMethod::Sepa && !iban.in_sepa() {
        return Err(Refusal::field("details.iban", "must be an IBAN of a country that SEPA reaches"));
    }
    Ok(iban)
}

fn bic(text: &str, iban: Option<&Iban>) -> Result<Bic, Refusal> {
    let wrong = |_| Refusal::field("details.bic", "must be a BIC, of the country of the IBAN");
    let bic = Bic::parse(text).map_err(wrong)?;
    if let Some(iban) = iban {
        bic.fits(iban).map_err(wrong)?;
    }
    Ok(bic)
}

fn network(method: PayoutMethod) -> Option<Network> {
    match method {
        PayoutMethod::UsdtTrc20 => Some(Network::Tron),
        PayoutMethod::UsdtErc20 => Some(Network::Ethereum),
        _ => None,
    }
}

fn address(network: Network, text: &str) -> Result<Address, Refusal> {
    let message = match network {
        Network::Tron => "must be an address of TRON whose checksum fits",
        Network::Ethereum => "must be an address of Ethereum whose checksum fits",
    };
    Address::parse(network, text).map_err(|_| Refusal::field("details.address", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(method: PayoutMethod, details: &[(&str, &str)]) -> Result<TextMap, String> {
        let typed = details.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        checked(method, TextMap(typed.collect())).map_err(|refusal| refusal.fields[0].field.clone())
    }

    #[test]
    fn an_account_that_cannot_be_right_is_refused_by_its_field() {
        let sepa = |details: &[(&str, &str)]| kept(PayoutMethod::Sepa, details);
        let right = sepa(&[("iban", "de89 3704 0044 0532 0130 00"), ("bic", "cobadeff")]).unwrap();
        assert_eq!((&*right.0["iban"], &*right.0["bic"]), ("DE89370400440532013000", "COBADEFF"));
        assert_eq!(sepa(&[("iban", "DE89370400440532013001")]).unwrap_err(), "details.iban");
        assert_eq!(sepa(&[("iban", "DE89370400440532013000"), ("bic", "BREXPLPW")]).unwrap_err(), "details.bic");
        let turkish = [("iban", "TR330006100519786457841326")];
        assert_eq!(sepa(&turkish).unwrap_err(), "details.iban");
        assert!(kept(PayoutMethod::Wise, &turkish).is_ok());
    }

    #[test]
    fn a_wallet_with_a_wrong_checksum_is_refused() {
        let ethereum = |address| kept(PayoutMethod::UsdtErc20, &[("address", address)]);
        let right = ethereum("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed").unwrap();
        assert_eq!(right.0["address"], "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
        assert_eq!(ethereum("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed").unwrap_err(), "details.address");
        let tron = |address| kept(PayoutMethod::UsdtTrc20, &[("address", address)]);
        assert!(tron("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t").is_ok());
        assert_eq!(tron("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u").unwrap_err(), "details.address");
    }
}
