import { Box } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { CopyField } from "~/ui/Copyable";
import { ErrorState } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { codeQuery } from "./model";

const WIDTH = 440;

/** The code that a partner hands to those it brings. */
export function CodeField({ partnerId, description }: { partnerId?: string; description: string }) {
  const { t } = useTranslation("recruitment");
  const { data, error, refetch } = useQuery(codeQuery(partnerId));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={2} />;
  return (
    <Box maw={WIDTH}>
      <CopyField label={t("code")} description={description} value={data} mono />
    </Box>
  );
}
