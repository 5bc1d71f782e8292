import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { makeQueryClient } from "~/api/queries";
import { makeRouter } from "~/routes";
import { theme, variables } from "~/theme";
import { DatesLanguage } from "./DatesLanguage";

const queryClient = makeQueryClient();
const router = makeRouter(queryClient);

/** Finds out who is here and fetches their page, while the words are fetched too. */
export function startRouting(): void {
  // Trouble is met again, and told, when the page is drawn.
  router.load().catch(() => undefined);
}

/** The theme with the words that its widgets speak by themselves. */
function useSpokenTheme() {
  const { t } = useTranslation("frame");
  const visibilityToggleButtonProps = { "aria-label": t("show_password") };
  const spoken = { components: { PasswordInput: { defaultProps: { visibilityToggleButtonProps } } } };
  return mergeThemeOverrides(theme, spoken);
}

export function App({ nonce }: { nonce: string }) {
  const spokenTheme = useSpokenTheme();
  return (
    <MantineProvider
      theme={spokenTheme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <DatesLanguage>
        <Notifications position="bottom-right" limit={4} />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </DatesLanguage>
    </MantineProvider>
  );
}
