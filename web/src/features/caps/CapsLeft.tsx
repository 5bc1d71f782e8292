import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Panel } from "~/features/offers/portal/Panel";
import { CapBar, CapForecast } from "./CapBar";
import { useCaps } from "./model";
import { useCapWords } from "./useCapWords";

/** What is left of the caps that a partner or an advertiser meets on one offer; nothing where there is none. */
export function CapsLeft({ offerId }: { offerId: string }) {
  const { t } = useTranslation("caps");
  const { what } = useCapWords();
  const caps = useCaps({ offer_id: offerId, state: "active" });
  if (caps.rows.length === 0) return null;
  return (
    <Panel title={t("left_title")}>
      <Stack gap="md">
        {caps.rows.map((cap) => (
          <Stack key={cap.id} gap={2}>
            <Text fw={600} size="sm">
              {what(cap)}
            </Text>
            <CapBar cap={cap} />
            <Text size="sm" c="dimmed">
              <CapForecast cap={cap} />
            </Text>
          </Stack>
        ))}
      </Stack>
    </Panel>
  );
}
