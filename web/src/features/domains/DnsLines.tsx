import { Paper, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Copyable } from "~/ui/Copyable";
import type { DnsRecord } from "./dns";

/** The record to make where the domain's DNS is kept. */
export function DnsLines({ record }: { record: DnsRecord }) {
  const { t } = useTranslation("domains");
  const lines: [label: string, value: string][] = [
    [t("dns.type"), record.type],
    [t("dns.name"), record.name],
    [t("dns.value"), record.value],
  ];
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Text fw={600}>{t("dns.title")}</Text>
        <Table aria-label={t("dns.title")} verticalSpacing={2} horizontalSpacing={0} withRowBorders={false}>
          <Table.Tbody>
            {lines.map(([label, value]) => (
              <Table.Tr key={label}>
                <Table.Th w={90} fw={400} c="dimmed" scope="row">
                  {label}
                </Table.Th>
                <Table.Td>
                  <Copyable text={value} mono />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text fz="sm" c="dimmed">
          {record.type === "CNAME" ? t("dns.help_cname") : t("dns.help_address")}
        </Text>
      </Stack>
    </Paper>
  );
}
