{{- /* What the restricted Pod Security Standard asks for; of (dict "user" 10001). */ -}}
{{- define "leadgen.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .user }}
runAsGroup: {{ .user }}
fsGroup: {{ .user }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "leadgen.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
privileged: false
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "leadgen.scheduling" -}}
{{- $values := .root.Values -}}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "leadgen.selector" . | nindent 8 }}
{{- end -}}

{{- define "leadgen.podLabels" -}}
{{ include "leadgen.labels" . }}
{{- with .root.Values.podLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* Changed settings start pods anew. */ -}}
{{- define "leadgen.podAnnotations" -}}
checksum/config: {{ include (print .root.Template.BasePath "/configmap.yaml") .root | sha256sum }}
{{- with .root.Values.podAnnotations }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* Who judges by vendors' keys what can be asked, or asks. Export and the nightly runs do neither. */ -}}
{{- define "leadgen.holdsVendors" -}}
{{- if and .root.Values.vendors.enabled (not (has .component (list "export" "nightly"))) -}}true{{- end -}}
{{- end -}}

{{- /* The Secret of the sealing and suppression keys, for those that open or hash anything: a nightly run only asks for a run. */ -}}
{{- define "leadgen.heldKeys" -}}
{{- if ne .component "nightly" -}}{{ include "leadgen.keysSecret" .root }}{{- end -}}
{{- end -}}

{{- /* Environment of every process of ours. Secrets are files, so that no listing of an environment shows them. */ -}}
{{- define "leadgen.env" -}}
- name: LEADGEN_CELL
  value: {{ .root.Values.cell | quote }}
- name: LEADGEN_LOG_LEVEL
  value: {{ .root.Values.logLevel }}
- name: LEADGEN_DATA_DIR
  value: /data
- name: LEADGEN_STORAGE_DIR
  value: /objects
- name: REDIS_URL_FILE
  value: /etc/leadgen/redis/url
- name: LEADGEN_DRAIN_MS
  value: {{ mul .root.Values.workers.drainSeconds 1000 | quote }}
{{- if include "leadgen.heldKeys" . }}
- name: LEADGEN_SEALING_KEY_FILE
  value: /etc/leadgen/keys/sealing-key
- name: LEADGEN_SUPPRESSION_KEY_FILE
  value: /etc/leadgen/keys/suppression-key
{{- end }}
{{- if .root.Values.vendorPlans }}
- name: LEADGEN_VENDORS_FILE
  value: /etc/leadgen/config/vendors.json
{{- end }}
{{- if .root.Values.tenantTerms }}
- name: LEADGEN_TENANTS_FILE
  value: /etc/leadgen/config/tenants.json
{{- end }}
{{- if include "leadgen.holdsVendors" . }}
{{- range .root.Values.vendors.enabled }}
- name: VENDOR_{{ upper . }}_API_KEY_FILE
  value: /etc/leadgen/vendors/{{ . }}
{{- end }}
{{- end }}
{{- with .root.Values.traces.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- if include "leadgen.tracesSecret" .root }}
- name: OTEL_EXPORTER_OTLP_HEADERS_FILE
  value: /etc/leadgen/traces/headers
{{- end }}
{{- range $name, $value := .root.Values.env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- define "leadgen.metricsEnv" -}}
- name: LEADGEN_METRICS_HOST
  value: 0.0.0.0
- name: LEADGEN_METRICS_PORT
  value: {{ include "leadgen.metricsPort" . | quote }}
{{- end -}}

{{- define "leadgen.volumeMounts" -}}
- name: data
  mountPath: /data
- name: tmp
  mountPath: /tmp
- name: objects
  mountPath: /objects
- name: config
  mountPath: /etc/leadgen/config
  readOnly: true
- name: redis
  mountPath: /etc/leadgen/redis
  readOnly: true
{{- if include "leadgen.heldKeys" . }}
- name: keys
  mountPath: /etc/leadgen/keys
  readOnly: true
{{- end }}
{{- if include "leadgen.holdsVendors" . }}
- name: vendors
  mountPath: /etc/leadgen/vendors
  readOnly: true
{{- end }}
{{- if include "leadgen.tracesSecret" .root }}
- name: traces
  mountPath: /etc/leadgen/traces
  readOnly: true
{{- end }}
{{- end -}}

{{- define "leadgen.volumes" -}}
- name: data
  emptyDir:
    sizeLimit: 2Gi
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
- name: objects
  persistentVolumeClaim:
    claimName: {{ include "leadgen.storageClaim" .root }}
- name: config
  configMap:
    name: {{ include "leadgen.fullname" .root }}
- name: redis
  secret:
    secretName: {{ include "leadgen.redisSecret" .root }}
    defaultMode: 0440
    items:
      - key: {{ .root.Values.redis.secretKey }}
        path: url
{{- with include "leadgen.heldKeys" . }}
- name: keys
  secret:
    secretName: {{ . }}
    defaultMode: 0440
{{- end }}
{{- if include "leadgen.holdsVendors" . }}
- name: vendors
  secret:
    secretName: {{ required "vendors.existingSecret: name the Secret that holds the keys of vendors.enabled, one entry per vendor id" .root.Values.vendors.existingSecret }}
    defaultMode: 0440
    items:
      {{- range .root.Values.vendors.enabled }}
      - key: {{ . }}
        path: {{ . }}
      {{- end }}
{{- end }}
{{- with include "leadgen.tracesSecret" .root }}
- name: traces
  secret:
    secretName: {{ . }}
    defaultMode: 0440
    items:
      - key: {{ $.root.Values.traces.secretKey }}
        path: headers
{{- end }}
{{- end -}}

{{- /* A process that starts slowly has two minutes; one that no longer answers is started anew after half a minute. */ -}}
{{- define "leadgen.probes" -}}
startupProbe:
  httpGet: { path: /health/live, port: {{ .port }} }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: { path: /health/live, port: {{ .port }} }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet: { path: /health/ready, port: {{ .port }} }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 2
{{- end -}}

{{- define "leadgen.requireGrace" -}}
{{- if le (int .grace) (int .needed) -}}
{{- fail (printf "%s.terminationGracePeriodSeconds: %d is not longer than the %d s that stopping takes" .what (int .grace) (int .needed)) -}}
{{- end -}}
{{- end -}}
