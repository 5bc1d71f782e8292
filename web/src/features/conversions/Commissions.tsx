import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe, workplaceOf } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { WhyEarned } from "~/features/plans/WhyEarned";
import { useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { type Commission, type ConversionDetail, nameOf } from "./model";
import { ToPartner } from "./ToPartner";

const WHOLE_E8 = 100_000_000;

/** Who earns what from the conversion, and why. */
export function Commissions({ conversion }: { conversion: ConversionDetail }) {
  const { t } = useTranslation("conversions");
  const { percent } = useFormat();
  const isStaff = workplaceOf(useMe().role) === "staff";
  const kind = (commission: Commission): string => {
    if (commission.kind === "share")
      return t("commission.share", { share: percent(commission.share_e8 / WHOLE_E8) });
    if (commission.kind === "recruiter") return t("commission.recruiter");
    return commission.kind === "bonus" ? t("commission.bonus") : t("commission.base");
  };
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table aria-label={t("section.commissions")}>
        <Table.Thead>
          <Table.Tr>
            {isStaff && <Table.Th scope="col">{t("column.partner")}</Table.Th>}
            <Table.Th scope="col">{t("commission.for")}</Table.Th>
            <Table.Th scope="col">{t("column.status")}</Table.Th>
            <Table.Th scope="col" ta="end">
              {t("column.earnings")}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {conversion.commissions.map((commission) => (
            <Table.Tr key={commission.id}>
              {isStaff && (
                <Table.Td>
                  <ToPartner id={commission.partner_id}>
                    {nameOf(conversion.names, commission.partner_id)}
                  </ToPartner>
                </Table.Td>
              )}
              <Table.Td>
                {kind(commission)}
                {commission.rule && (
                  <WhyEarned
                    rule={commission.rule}
                    currency={commission.amount.currency}
                    names={conversion.names}
                  />
                )}
              </Table.Td>
              <Table.Td>
                <StateChip of="conversion" state={commission.status} />
              </Table.Td>
              <Table.Td ta="end">
                <Money value={commission.amount} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
