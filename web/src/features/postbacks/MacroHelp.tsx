import { Button, Collapse, Table } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

/** What may stand in an address; a macro that is pressed is added to it. */
export function MacroHelp({ onPick }: { onPick: (macro: string) => void }) {
  const { t } = useTranslation("postbacks");
  const [shown, { toggle }] = useDisclosure(false);
  const rows = [
    { macros: ["{sub1}", "{sub2}", "{sub10}"], meaning: t("macros.sub") },
    { macros: ["{click_id}"], meaning: t("macros.click_id") },
    { macros: ["{status}"], meaning: t("macros.status") },
    { macros: ["{payout}"], meaning: t("macros.payout") },
    { macros: ["{amount}"], meaning: t("macros.amount") },
    { macros: ["{currency}"], meaning: t("macros.currency") },
    { macros: ["{goal}"], meaning: t("macros.goal") },
    { macros: ["{reason}"], meaning: t("macros.reason") },
    { macros: ["{order_id}"], meaning: t("macros.order_id") },
    { macros: ["{conversion_id}"], meaning: t("macros.conversion_id") },
    { macros: ["{source_id}"], meaning: t("macros.source_id") },
    { macros: ["{country}"], meaning: t("macros.country") },
    { macros: ["{device}", "{os}", "{browser}", "{city}"], meaning: t("macros.visitor") },
    { macros: ["{timestamp}"], meaning: t("macros.timestamp") },
    {
      macros: ["{offer_id}", "{link_id}", "{landing_id}", "{creative_id}", "{partner_id}"],
      meaning: t("macros.ids"),
    },
  ];
  return (
    <div>
      <Button variant="subtle" size="compact-sm" onClick={toggle} aria-expanded={shown}>
        {t("macros.show")}
      </Button>
      <Collapse expanded={shown}>
        <Table fz="sm" aria-label={t("macros.title")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("macros.name")}</Table.Th>
              <Table.Th scope="col">{t("macros.meaning")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ macros, meaning }) => (
              <Table.Tr key={meaning}>
                <Table.Td>
                  {macros.map((macro) => (
                    <Button
                      key={macro}
                      variant="subtle"
                      size="compact-sm"
                      translate="no"
                      onClick={() => onPick(macro)}
                    >
                      {macro}
                    </Button>
                  ))}
                </Table.Td>
                <Table.Td>{meaning}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Collapse>
    </div>
  );
}
