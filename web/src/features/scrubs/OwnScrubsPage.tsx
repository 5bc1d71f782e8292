import { Button, SimpleGrid, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { Page } from "~/ui/Page";
import { Tile } from "~/ui/Tile";
import { ShareOf, TermsOf } from "./AdvertiserShares";
import { AskDrawer } from "./AskDrawer";
import { RequestDrawer } from "./RequestDrawer";
import { ScrubTable } from "./ScrubTable";

function readState(raw: PageSearch) {
  /** What is open beside: a request's id, or `new`. */
  return { open: textOf(raw, "open") };
}

/** What an advertiser asked to have removed, what came of it, and until when it may ask. */
export default function OwnScrubsPage() {
  const { t } = useTranslation("scrubs");
  const [search, change] = usePageState(readState);
  const mayAsk = useMay("scrubs:write");
  const advertiserId = useMe().advertiser_id ?? "";
  const close = () => change({ open: undefined });
  const ask = <Button onClick={() => change({ open: "new" })}>{t("ask.title")}</Button>;
  return (
    <Page title={t("own_title")} subtitle={t("own_subtitle")} action={mayAsk && ask}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <Tile
            label={t("share.title")}
            hint={t("share.hint")}
            value={<ShareOf advertiserId={advertiserId} />}
          />
          <Tile label={t("terms.may_ask")} value={<TermsOf advertiserId={advertiserId} />} />
        </SimpleGrid>
        <ScrubTable
          side="advertiser"
          filter={{}}
          open={search.open}
          onOpen={(row) => change({ open: row.request_id }, { push: true })}
          emptyText={t("none_own")}
          action={mayAsk && ask}
        />
      </Stack>
      {search.open?.startsWith("scq_") && (
        <RequestDrawer key={search.open} id={search.open} onClose={close} />
      )}
      {mayAsk && search.open === "new" && <AskDrawer onClose={close} />}
    </Page>
  );
}
