import { Badge, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import { When } from "~/ui/When";

function useJourney(conversionId: string) {
  return useQuery({
    queryKey: ["conversions", conversionId, "journey"],
    queryFn: async ({ signal }) => {
      const { data } = await client.GET("/v1/conversions/{id}/journey", {
        params: { path: { id: conversionId } },
        signal,
      });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
  });
}

/** The visitor's clicks and other visits before a conversion, oldest first; nothing where only the one click converted. */
export function JourneyOf({ conversionId }: { conversionId: string }) {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const { number } = useFormat();
  const { data } = useJourney(conversionId);
  if (!data || data.touches.length + data.of_others < 2) return null;
  const label = (id: string | null | undefined) => (id ? (data.labels[id] ?? id) : "-");
  return (
    <Section title={t("journey.section")} hint={t("journey.hint", { days: data.lookback_days })}>
      <Table.ScrollContainer minWidth={420}>
        <Table aria-label={t("journey.section")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("journey.time")}</Table.Th>
              <Table.Th scope="col">{t("journey.partner")}</Table.Th>
              <Table.Th scope="col">{t("journey.link")}</Table.Th>
              <Table.Th scope="col">{t("journey.traffic")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.touches.map((touch) => (
              <Table.Tr key={touch.click_id ?? `${touch.at} ${touch.channel}`}>
                <Table.Td>
                  <When value={touch.at} as="time" />{" "}
                  {touch.converted && (
                    <Badge size="sm" variant="light">
                      {t("journey.converted")}
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td translate="no">{label(touch.partner_id)}</Table.Td>
                <Table.Td translate="no">{label(touch.link_id)}</Table.Td>
                <Table.Td>
                  {touch.channel ? (
                    <Badge size="sm" variant="outline" color="gray" tt="none">
                      {word("channel", touch.channel)}
                    </Badge>
                  ) : (
                    (touch.traffic_type && word("traffic_type", touch.traffic_type)) || "-"
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {data.of_others > 0 && (
        <Text fz="sm" c="dimmed">
          {t("journey.others", { count: data.of_others, number: number(data.of_others) })}
        </Text>
      )}
    </Section>
  );
}
