//! The message, element by element, in the order its schema has them.

use std::io::{self, Write};

use kernel::money::format_amount;

use super::{Address, BUILDING_MAX, Checked, POSTAL_CODE_MAX, Party, Payment, STREET_MAX, TOWN_MAX, Version};
use crate::{
    Bic, Iban,
    characters::{self, NAME_MAX, REMITTANCE_MAX},
};

const EUR_DECIMALS: u32 = 2;

impl Checked<'_> {
    /// Writes the message; the same batch gives the same bytes. Many small writes: give it a buffered one.
    pub fn write(&self, version: Version, out: impl Write) -> io::Result<()> {
        let mut page = Page { out, version };
        page.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        page.raw(&format!("<Document xmlns=\"{}\"><CstmrCdtTrfInitn>", version.namespace()))?;
        self.group_header(&mut page)?;
        self.batch(&mut page)?;
        page.raw("</CstmrCdtTrfInitn></Document>\n")?;
        page.out.flush()
    }

    fn group_header(&self, page: &mut Page<impl Write>) -> io::Result<()> {
        page.raw("<GrpHdr>")?;
        page.leaf("MsgId", &self.transfers.message_id)?;
        page.leaf("CreDtTm", &self.transfers.created.to_string())?;
        self.totals_of(page)?;
        page.raw("<InitgPty>")?;
        page.text("Nm", &self.transfers.initiating_party, NAME_MAX)?;
        page.raw("</InitgPty></GrpHdr>\n")
    }

    fn totals_of(&self, page: &mut Page<impl Write>) -> io::Result<()> {
        let totals = self.totals();
        page.leaf("NbOfTxs", &totals.count.to_string())?;
        page.leaf("CtrlSum", &format_amount(totals.sum, EUR_DECIMALS))
    }

    fn batch(&self, page: &mut Page<impl Write>) -> io::Result<()> {
        let transfers = self.transfers;
        page.raw("<PmtInf>")?;
        page.leaf("PmtInfId", &transfers.batch_id)?;
        page.leaf("PmtMtd", "TRF")?;
        page.leaf("BtchBookg", if transfers.one_booking { "true" } else { "false" })?;
        self.totals_of(page)?;
        page.raw("<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>")?;
        let day = transfers.execution_date.to_string();
        match page.version {
            Version::V03 => page.leaf("ReqdExctnDt", &day)?,
            Version::V09 => page.raw(&format!("<ReqdExctnDt><Dt>{day}</Dt></ReqdExctnDt>"))?,
        }
        page.party("Dbtr", &transfers.debtor)?;
        page.account("DbtrAcct", &transfers.debtor)?;
        page.raw("<DbtrAgt>")?;
        page.payers_bank(&transfers.debtor)?;
        page.raw("</DbtrAgt><ChrgBr>SLEV</ChrgBr>\n")?;
        for payment in &transfers.payments {
            page.payment(payment)?;
        }
        page.raw("</PmtInf>")
    }
}

struct Page<W> {
    out: W,
    version: Version,
}

impl<W: Write> Page<W> {
    fn raw(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    // Values are of SEPA's letters, among which none means anything to XML.
    fn leaf(&mut self, name: &str, value: &str) -> io::Result<()> {
        if value.contains(['<', '>', '&']) {
            return Err(unchecked(name));
        }
        write!(self.out, "<{name}>{value}</{name}>")
    }

    fn text(&mut self, name: &str, text: &str, limit: usize) -> io::Result<()> {
        let said = characters::text(text, limit).map_err(|_| unchecked(name))?;
        self.leaf(name, &said)
    }

    fn part(&mut self, name: &str, text: Option<&str>, limit: usize) -> io::Result<()> {
        text.map_or(Ok(()), |text| self.text(name, text, limit))
    }

    fn party(&mut self, name: &str, party: &Party) -> io::Result<()> {
        write!(self.out, "<{name}>")?;
        self.text("Nm", &party.name, NAME_MAX)?;
        if let Some(address) = &party.address {
            self.address(address)?;
        }
        write!(self.out, "</{name}>")
    }

    fn address(&mut self, address: &Address) -> io::Result<()> {
        self.raw("<PstlAdr>")?;
        self.part("StrtNm", address.street.as_deref(), STREET_MAX)?;
        self.part("BldgNb", address.building.as_deref(), BUILDING_MAX)?;
        self.part("PstCd", address.postal_code.as_deref(), POSTAL_CODE_MAX)?;
        self.text("TwnNm", &address.town, TOWN_MAX)?;
        self.leaf("Ctry", &address.country)?;
        self.raw("</PstlAdr>")
    }

    fn account(&mut self, name: &str, party: &Party) -> io::Result<()> {
        let iban = Iban::parse(&party.iban).map_err(|_| unchecked(name))?;
        write!(self.out, "<{name}><Id><IBAN>{iban}</IBAN></Id></{name}>")
    }

    fn bank(&mut self, text: &str) -> io::Result<()> {
        let bic = Bic::parse(text).map_err(|_| unchecked("BIC"))?;
        let name = match self.version {
            Version::V03 => "BIC",
            Version::V09 => "BICFI",
        };
        write!(self.out, "<FinInstnId><{name}>{bic}</{name}></FinInstnId>")
    }

    // The schema demands the payer's bank; the scheme's guidelines say how to leave it open.
    fn payers_bank(&mut self, debtor: &Party) -> io::Result<()> {
        match &debtor.bic {
            Some(bic) => self.bank(bic),
            None => self.raw("<FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId>"),
        }
    }

    fn payment(&mut self, payment: &Payment) -> io::Result<()> {
        self.raw("<CdtTrfTxInf><PmtId>")?;
        self.leaf("EndToEndId", &payment.end_to_end_id)?;
        let amount = format_amount(payment.amount.minor, EUR_DECIMALS);
        write!(self.out, "</PmtId><Amt><InstdAmt Ccy=\"EUR\">{amount}</InstdAmt></Amt>")?;
        if let Some(bic) = &payment.creditor.bic {
            self.raw("<CdtrAgt>")?;
            self.bank(bic)?;
            self.raw("</CdtrAgt>")?;
        }
        self.party("Cdtr", &payment.creditor)?;
        self.account("CdtrAcct", &payment.creditor)?;
        if let Some(remittance) = &payment.remittance {
            self.raw("<RmtInf>")?;
            self.text("Ustrd", remittance, REMITTANCE_MAX)?;
            self.raw("</RmtInf>")?;
        }
        self.raw("</CdtTrfTxInf>\n")
    }
}

fn unchecked(name: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{name} was not checked"))
}
