import { Anchor, Group, Paper } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Problem } from "~/api/problem";
import { MissingPage } from "~/frame/MissingPage";
import { Page } from "~/ui/Page";
import { conversionQuery } from "./api";
import { ConversionView } from "./ConversionView";
import { nameOf } from "./model";

/** One conversion with an address of its own. */
export default function ConversionPage() {
  const { t } = useTranslation("conversions");
  const { conversionId = "" } = useParams({ strict: false });
  const { data, error } = useQuery(conversionQuery(conversionId));
  const order = data?.order_id;
  if (error && Problem.of(error).status === 404) return <MissingPage />;
  return (
    <Page
      title={order ? t("one.title_order", { order }) : t("one.title")}
      subtitle={
        <Group gap="md">
          <Anchor component={Link} to="/conversions" fz="sm">
            <Group gap={4}>
              <IconArrowLeft size={14} aria-hidden />
              {t("one.back")}
            </Group>
          </Anchor>
          {data && nameOf(data.names, data.offer_id)}
        </Group>
      }
    >
      <Paper withBorder radius="md" p={{ base: "md", sm: "lg" }}>
        <ConversionView key={conversionId} id={conversionId} />
      </Paper>
    </Page>
  );
}
