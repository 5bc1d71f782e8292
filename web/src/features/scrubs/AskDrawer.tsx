import { Button, FileButton, Group, Select, Text, Textarea } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { useAdvertiserOptions } from "~/features/conversions/options";
import { CANCELLED, TRASH } from "~/features/conversions/rules";
import { bodyOf } from "~/features/offers/model";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { fieldErrors } from "~/ui/problems";
import { notifyDone } from "~/ui/Toast";
import { TermsOf } from "./AdvertiserShares";
import { idsOf, idsOfFile, NAMED_MAX, type NewScrubRequest, useScrubsChanged } from "./model";

const EVIDENCE_MAX = 4_000;

interface Props {
  /** Ids to begin with. */
  ids?: string;
  advertiserId?: string;
  onClose: () => void;
}

/** Asks to have approved conversions removed, with evidence: all of them, or none. */
export function AskDrawer({ ids: first = "", advertiserId, onClose }: Props) {
  const { t } = useTranslation("scrubs");
  const word = useWords();
  const { number } = useFormat();
  const own = useMe().advertiser_id ?? null;
  const advertisers = useAdvertiserOptions();
  const changed = useScrubsChanged();
  const [advertiser, setAdvertiser] = useState<string | null>(own ?? advertiserId ?? null);
  const [reason, setReason] = useState<string | null>(null);
  const [evidence, setEvidence] = useState("");
  const [text, setText] = useState(first);
  const ids = idsOf(text);
  const count = ids.conversion_ids.length + ids.order_ids.length;
  const ask = useMutation({
    mutationFn: async () => {
      const body: NewScrubRequest = {
        advertiser_id: advertiser,
        reason: reason as NewScrubRequest["reason"],
        evidence,
        ...ids,
      };
      return bodyOf(await client.POST("/v1/scrub-requests", { body }));
    },
    onSuccess: async ({ scrubs }) => {
      await changed();
      notifyDone(t("ask.done", { count: scrubs.length, shown: number(scrubs.length) }));
      onClose();
    },
  });
  const errors = fieldErrors(ask.error);
  return (
    <FormDrawer
      title={t("ask.title")}
      size="lg"
      onClose={onClose}
      onSubmit={() => ask.mutate()}
      error={ask.error}
      isSaving={ask.isPending}
      isReady={
        advertiser !== null && reason !== null && evidence.trim() !== "" && count > 0 && count <= NAMED_MAX
      }
      submitLabel={t("ask.send")}
    >
      {own === null && (
        <Select
          label={t("column.advertiser")}
          data={advertisers.options}
          value={advertiser}
          onChange={setAdvertiser}
          error={errors.advertiser_id}
          searchable
          required
        />
      )}
      {advertiser && (
        <Text size="sm" c="dimmed">
          <TermsOf advertiserId={advertiser} />
        </Text>
      )}
      <Textarea
        label={t("ask.ids")}
        description={t("ask.ids_help", { count: NAMED_MAX })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={count > NAMED_MAX ? t("ask.too_many", { count: NAMED_MAX }) : undefined}
        autosize
        minRows={3}
        maxRows={10}
        translate="no"
        required
      />
      <Group justify="space-between">
        <Text size="sm" aria-live="polite">
          {t("ask.counted", { count, shown: number(count) })}
        </Text>
        <FileButton
          accept=".csv,.txt,text/csv"
          onChange={(file) => void file?.text().then((csv) => setText(idsOfFile(csv)))}
        >
          {(props) => (
            <Button
              {...props}
              size="xs"
              mih={32}
              variant="default"
              leftSection={<IconUpload size={14} aria-hidden />}
            >
              {t("ask.file")}
            </Button>
          )}
        </FileButton>
      </Group>
      <Select
        label={t("column.reason")}
        data={[
          { group: t("ask.cancelled"), items: options(CANCELLED, word) },
          { group: t("ask.trash"), items: options(TRASH, word) },
          { group: t("ask.other"), items: options(["advertiser_other"], word) },
        ]}
        value={reason}
        onChange={setReason}
        error={errors.reason}
        searchable
        required
      />
      <Textarea
        label={t("ask.evidence")}
        description={t("ask.evidence_help")}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
        error={errors.evidence}
        maxLength={EVIDENCE_MAX}
        autosize
        minRows={3}
        required
      />
    </FormDrawer>
  );
}

function options(codes: readonly string[], word: ReturnType<typeof useWords>) {
  return codes.map((code) => ({ value: code, label: word("conversion_reason", code) }));
}
