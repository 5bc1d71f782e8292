import { Group, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { conversionQuery } from "~/features/conversions/api";
import { Commissions } from "~/features/conversions/Commissions";
import { shortId } from "~/features/conversions/model";
import { ReceiptsOf } from "~/features/conversions/ReceiptsOf";
import { WhyOfConversion } from "~/features/explain/WhyOfConversion";
import { ScrubOf } from "~/features/scrubs/ScrubOf";
import { HrefLink } from "~/ui/HrefLink";
import { Money } from "~/ui/Money";
import { Section } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import type { DisputeDetail } from "./model";

/** What we know of it: the conversion where it stands and who earns, its scrub; of a missing one, what is like it. */
export function Facts({ detail: { dispute, related } }: { detail: DisputeDetail }) {
  const { t } = useTranslation("disputes");
  if (dispute.conversion_id) return <OfConversion id={dispute.conversion_id} />;
  return (
    <Section title={t("facts.title")} hint={t("facts.missing_hint")}>
      <Stack gap="xs">
        {dispute.click_id && <HrefLink href={`/clicks/${dispute.click_id}`}>{t("facts.click")}</HrefLink>}
        {related && related.length > 0 ? (
          <>
            <Text>{t("facts.related")}</Text>
            <List>
              {related.map((id) => (
                <List.Item key={id}>
                  <HrefLink href={`/conversions/${id}`}>
                    <span translate="no">{shortId(id)}</span>
                  </HrefLink>
                </List.Item>
              ))}
            </List>
          </>
        ) : (
          <Text c="dimmed">{t("facts.nothing")}</Text>
        )}
      </Stack>
    </Section>
  );
}

function OfConversion({ id }: { id: string }) {
  const { t } = useTranslation("disputes");
  const word = useWords();
  const { data } = useQuery(conversionQuery(id));
  if (!data) return <SkeletonBlock height={240} />;
  return (
    <Stack gap="xl">
      <Section title={t("facts.title")}>
        <Stack gap="md">
          <Group gap="sm">
            <StateChip of="conversion" state={data.frozen_at ? "frozen" : data.status} />
            {data.reason && <Text>{word("conversion_reason", data.reason)}</Text>}
            {data.payout && (
              <Text>
                {t("facts.earns")} <Money value={data.payout} />
              </Text>
            )}
          </Group>
          {data.commissions.length > 0 && <Commissions conversion={data} />}
        </Stack>
      </Section>
      <ScrubOf conversion={data} />
    </Stack>
  );
}

/** Each step by which it was decided and priced, and what was sent: long, so below the decision. */
export function MoreFacts({ conversionId }: { conversionId: string }) {
  const { t } = useTranslation("disputes");
  return (
    <>
      <WhyOfConversion conversionId={conversionId} />
      <Section title={t("facts.receipts")}>
        <ReceiptsOf conversionId={conversionId} />
      </Section>
    </>
  );
}
